//! `linli user`.

use super::{Common, print_json};
use crate::access::Secret;
use crate::app;
use crate::model::Role;
use serde_json::json;

/// Accounts.
#[derive(clap::Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(clap::Subcommand)]
enum UserCommand {
    /// Make an account; prints a first password unless one is given
    Add {
        /// Sign-in name
        name: String,
        /// worker or admin
        #[arg(long, default_value = "worker")]
        role: String,
        /// The name residents see; the sign-in name when not given
        #[arg(long)]
        display_name: Option<String>,
        /// Read the password from the environment variable `LINLI_PASSWORD`
        #[arg(long, env = "LINLI_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Set a new password; ends every sign-in of the account
    Passwd {
        /// Sign-in name
        name: String,
        /// Read the password from the environment variable `LINLI_PASSWORD`
        #[arg(long, env = "LINLI_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// List accounts
    List,
}

pub(super) async fn run(common: &Common, args: UserArgs) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::open_flow(&config).await.map_err(|e| e.to_string())?;
    let result = match args.command {
        UserCommand::Add {
            name,
            role,
            display_name,
            password,
        } => {
            let role = Role::parse(&role).ok_or_else(|| {
                format!("没有角色 {role}；可用 worker（工作人员）或 admin（管理员）。")
            })?;
            let given = password.is_some();
            let password = password.unwrap_or_else(Secret::password);
            let shown = display_name.unwrap_or_else(|| name.clone());
            app::add_user(&flow, &name, &shown, role, &password)
                .await
                .map(|user| {
                    told(
                        common,
                        &user.name,
                        role.as_str(),
                        (!given).then_some(password.as_str()),
                    );
                })
        }
        UserCommand::Passwd { name, password } => {
            let given = password.is_some();
            let password = password.unwrap_or_else(Secret::password);
            app::change_password(flow.store.as_ref(), &name, &password)
                .await
                .map(|()| {
                    told(common, &name, "", (!given).then_some(password.as_str()));
                })
        }
        UserCommand::List => flow
            .store
            .users()
            .await
            .map_err(|e| e.to_string())
            .map(|users| {
                if common.json {
                    let list: Vec<_> = users
                        .iter()
                        .map(|u| {
                            json!({"name": u.name, "display_name": u.display_name,
                               "role": u.role.as_str(), "active": u.active})
                        })
                        .collect();
                    print_json(&json!({"users": list}));
                } else {
                    for user in users {
                        println!(
                            "{}\t{}\t{}",
                            user.name,
                            user.role.as_str(),
                            user.display_name
                        );
                    }
                }
            }),
    };
    flow.store.close().await;
    result
}

fn told(common: &Common, name: &str, role: &str, password: Option<&str>) {
    if common.json {
        print_json(&json!({"name": name, "role": role, "password": password}));
    } else if let Some(password) = password {
        println!("账号 {name}，密码 {password}（只显示这一次）");
    } else {
        println!("账号 {name}，密码已设置");
    }
}
