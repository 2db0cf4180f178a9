//! Paired terminals.

use crate::model::{Kiosk, Timestamp};
use crate::store::{Store, StoreError};
use std::sync::Arc;

fn kiosk(id: &str, name: &str, key: &str) -> Kiosk {
    Kiosk {
        id: id.into(),
        name: name.to_owned(),
        place: "p1".into(),
        key_hash: key.to_owned(),
        loopback_only: id == "k2",
        created_at: Timestamp(5),
        revoked_at: None,
    }
}

pub(super) async fn knows_a_terminal_by_its_key(store: Arc<dyn Store>) {
    let (hall, demo) = (kiosk("k1", "b", "key1"), kiosk("k2", "a", "key2"));
    for k in [&hall, &demo] {
        store.add_kiosk(k).await.expect("written");
    }
    for taken in [kiosk("k1", "c", "key3"), kiosk("k3", "c", "key1")] {
        let refused = store.add_kiosk(&taken).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict(_))),
            "{refused:?}"
        );
    }
    assert_eq!(
        store.kiosk_by_key("key1").await.expect("read"),
        Some(hall.clone())
    );
    assert_eq!(store.kiosk_by_key("key9").await.expect("read"), None);
    assert_eq!(
        store.kiosks().await.expect("read"),
        [demo.clone(), hall.clone()]
    );
    for at in [7, 8] {
        store
            .revoke_kiosk(&"k1".into(), Timestamp(at))
            .await
            .expect("written");
    }
    assert_eq!(store.kiosk_by_key("key1").await.expect("read"), None);
    let revoked = Kiosk {
        revoked_at: Some(Timestamp(7)),
        ..hall
    };
    assert_eq!(store.kiosks().await.expect("read"), [demo, revoked]);
    let nowhere = store.revoke_kiosk(&"k9".into(), Timestamp(7)).await;
    assert!(
        matches!(nowhere, Err(StoreError::NotFound("terminal"))),
        "{nowhere:?}"
    );
}
