//! People who sign in.

use super::error::{conflict, found, missing};
use super::value::values;
use super::{Connection, Engine, Record, SqlStore, Value};
use crate::model::{Role, SignIn, Timestamp, User, UserId};
use crate::store::{AccountReader, AccountStore, StoreResult};
use async_trait::async_trait;

fn user(row: &dyn Record) -> StoreResult<User> {
    Ok(User {
        id: row.id("id")?,
        name: row.text("name")?,
        display_name: row.text("display_name")?,
        role: row.name("role", Role::parse)?,
        password_hash: row.text("password_hash")?,
        created_at: row.time("created_at")?,
        active: row.flag("active")?,
    })
}

fn signed_in(row: &dyn Record) -> StoreResult<(SignIn, User)> {
    let user = user(row)?;
    let sign_in = SignIn {
        token_hash: row.text("token_hash")?,
        user: user.id.clone(),
        expires_at: row.time("expires_at")?,
    };
    Ok((sign_in, user))
}

async fn set_password(c: &mut dyn Connection, id: &UserId, hash: &str) -> StoreResult<()> {
    let sql = "update users set password_hash = $2 where id = $1";
    found(c.execute(sql, values![id, hash]).await?, "user")?;
    c.execute("delete from sign_ins where user_id = $1", values![id])
        .await?;
    Ok(())
}

#[async_trait]
impl<E: Engine> AccountReader for SqlStore<E> {
    async fn user_by_name(&self, name: &str) -> StoreResult<Option<User>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first("select * from users where name = $1", values![name], user)
            .await
    }

    async fn user(&self, id: &UserId) -> StoreResult<Option<User>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first("select * from users where id = $1", values![id], user)
            .await
    }

    async fn users(&self) -> StoreResult<Vec<User>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.all("select * from users order by name", &[], user).await
    }

    async fn sign_in(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> StoreResult<Option<(SignIn, User)>> {
        let c: &mut dyn Connection = &mut *self.reader().await?;
        c.first(
            "select u.*, s.token_hash, s.expires_at from sign_ins s \
             join users u on u.id = s.user_id \
             where s.token_hash = $1 and s.expires_at > $2 and u.active = 1",
            values![token_hash, now],
            signed_in,
        )
        .await
    }
}

#[async_trait]
impl<E: Engine> AccountStore for SqlStore<E> {
    async fn add_user(&self, user: &User) -> StoreResult<()> {
        let user = user.clone();
        let sql = "insert into users (id, name, display_name, role, password_hash, created_at, \
                   active) values ($1, $2, $3, $4, $5, $6, $7)";
        self.write(move |c| {
            Box::pin(async move {
                let values = values![
                    &user.id,
                    &user.name,
                    &user.display_name,
                    user.role.as_str(),
                    &user.password_hash,
                    user.created_at,
                    user.active,
                ];
                c.execute(sql, values)
                    .await
                    .map_err(conflict("the user name is taken"))?;
                Ok(())
            })
        })
        .await
    }

    async fn set_password(&self, id: &UserId, password_hash: &str) -> StoreResult<()> {
        let (id, hash) = (id.clone(), password_hash.to_owned());
        self.write(move |c| Box::pin(async move { set_password(c, &id, &hash).await }))
            .await
    }

    async fn add_sign_in(&self, sign_in: &SignIn) -> StoreResult<()> {
        let s = sign_in.clone();
        let sql = "insert into sign_ins (token_hash, user_id, expires_at) values ($1, $2, $3)";
        self.write(move |c| {
            Box::pin(async move {
                c.execute(sql, values![&s.token_hash, &s.user, s.expires_at])
                    .await
                    .map_err(conflict("this sign-in exists"))
                    .map_err(missing("user"))?;
                Ok(())
            })
        })
        .await
    }

    async fn end_sign_in(&self, token_hash: &str) -> StoreResult<()> {
        let hash = token_hash.to_owned();
        let sql = "delete from sign_ins where token_hash = $1";
        self.write(move |c| {
            Box::pin(async move { c.execute(sql, values![&hash]).await.map(|_| ()) })
        })
        .await
    }
}
