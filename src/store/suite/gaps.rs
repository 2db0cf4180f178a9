//! Clusters of questions without an answer.

use crate::model::{Gap, Timestamp};
use crate::store::{Store, StoreError};
use std::sync::Arc;

pub(super) async fn counts_and_closes(store: Arc<dyn Store>) {
    let gap = |id: &str, count| Gap {
        id: id.into(),
        core: "充电桩".to_owned(),
        label: "充电桩怎么装？".to_owned(),
        first_at: Timestamp(10),
        last_at: Timestamp(20),
        count,
        closed_by: None,
    };
    for (id, count) in [("g1", 1), ("g2", 2), ("g3", 5)] {
        store.add_gap(&gap(id, count)).await.expect("written");
    }
    let again = store.add_gap(&gap("g1", 1)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    for at in [30, 15, 25] {
        store
            .count_gap(&"g1".into(), Timestamp(at))
            .await
            .expect("written");
    }
    store
        .close_gap(&"g3".into(), &"e1".into())
        .await
        .expect("written");

    let first = Gap {
        last_at: Timestamp(30),
        ..gap("g1", 4)
    };
    let closed = Gap {
        closed_by: Some("e1".into()),
        ..gap("g3", 5)
    };
    let open = store.gaps(true, 9).await.expect("read");
    assert_eq!(open, [first.clone(), gap("g2", 2)]);
    let all = store.gaps(false, 9).await.expect("read");
    assert_eq!(all, [closed.clone(), first, gap("g2", 2)]);
    assert_eq!(store.gaps(false, 1).await.expect("read"), [closed]);
    let nowhere = store.count_gap(&"g9".into(), Timestamp(1)).await;
    assert!(
        matches!(nowhere, Err(StoreError::NotFound("gap"))),
        "{nowhere:?}"
    );
    let nowhere = store.close_gap(&"g9".into(), &"e1".into()).await;
    assert!(
        matches!(nowhere, Err(StoreError::NotFound("gap"))),
        "{nowhere:?}"
    );
}
