//! People who sign in.

use crate::model::{Role, SignIn, Timestamp, User};
use crate::store::{Store, StoreError};
use std::sync::Arc;

fn user(id: &str, name: &str) -> User {
    User {
        id: id.into(),
        name: name.to_owned(),
        display_name: "王老师".to_owned(),
        role: Role::Worker,
        password_hash: "$argon2id$".to_owned(),
        created_at: Timestamp(5),
        active: true,
    }
}

fn sign_in(token: &str, user: &str) -> SignIn {
    SignIn {
        token_hash: token.to_owned(),
        user: user.into(),
        expires_at: Timestamp(100),
    }
}

pub(super) async fn keeps_users_by_name(store: Arc<dyn Store>) {
    let wang = user("u1", "wang");
    let mut li = user("u2", "Li");
    (li.role, li.active) = (Role::Admin, false);
    for u in [&wang, &li] {
        store.add_user(u).await.expect("written");
    }
    let taken = store.add_user(&user("u3", "wang")).await;
    assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
    assert_eq!(
        store.user(&"u1".into()).await.expect("read"),
        Some(wang.clone())
    );
    assert_eq!(store.user(&"u3".into()).await.expect("read"), None);
    assert_eq!(
        store.user_by_name("Li").await.expect("read"),
        Some(li.clone())
    );
    assert_eq!(store.user_by_name("nobody").await.expect("read"), None);
    assert_eq!(store.users().await.expect("read"), [li, wang]);
}

pub(super) async fn signs_in_until_the_end(store: Arc<dyn Store>) {
    let wang = user("u1", "wang");
    let mut gone = user("u2", "gone");
    gone.active = false;
    for u in [&wang, &gone] {
        store.add_user(u).await.expect("written");
    }
    for s in [sign_in("a", "u1"), sign_in("b", "u2")] {
        store.add_sign_in(&s).await.expect("written");
    }
    let find = async |token: &str, now| store.sign_in(token, Timestamp(now)).await.expect("read");
    assert_eq!(find("a", 99).await, Some((sign_in("a", "u1"), wang)));
    assert_eq!(find("a", 100).await, None, "expired");
    assert_eq!(find("b", 99).await, None, "the account is not active");
    assert_eq!(find("c", 99).await, None);
    let twice = store.add_sign_in(&sign_in("a", "u1")).await;
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
    let nobody = store.add_sign_in(&sign_in("d", "u9")).await;
    assert!(
        matches!(nobody, Err(StoreError::NotFound("user"))),
        "{nobody:?}"
    );
    for token in ["a", "a", "never"] {
        store.end_sign_in(token).await.expect("written");
    }
    assert_eq!(find("a", 99).await, None);
}

pub(super) async fn ends_sign_ins_with_a_new_password(store: Arc<dyn Store>) {
    for (id, name) in [("u1", "wang"), ("u2", "li")] {
        store.add_user(&user(id, name)).await.expect("written");
    }
    for s in [sign_in("a", "u1"), sign_in("b", "u1"), sign_in("c", "u2")] {
        store.add_sign_in(&s).await.expect("written");
    }
    store
        .set_password(&"u1".into(), "new")
        .await
        .expect("written");
    let read = store
        .user(&"u1".into())
        .await
        .expect("read")
        .expect("there");
    assert_eq!(read.password_hash, "new");
    for (token, signed_in) in [("a", false), ("b", false), ("c", true)] {
        let found = store.sign_in(token, Timestamp(1)).await.expect("read");
        assert_eq!(found.is_some(), signed_in, "{token}");
    }
    let nobody = store.set_password(&"u9".into(), "new").await;
    assert!(
        matches!(nobody, Err(StoreError::NotFound("user"))),
        "{nobody:?}"
    );
}
