//! `linli kiosk`.

use super::{Common, print_json};
use crate::app;
use serde_json::json;

/// Terminals.
#[derive(clap::Args)]
pub(super) struct KioskArgs {
    #[command(subcommand)]
    command: KioskCommand,
}

#[derive(clap::Subcommand)]
enum KioskCommand {
    /// Pair a terminal; prints its key once
    Add {
        /// Its id: lower-case letters, digits, dashes
        id: String,
        /// The place where it stands
        #[arg(long)]
        place: String,
        /// What people call it; the id when not given
        #[arg(long)]
        name: Option<String>,
    },
    /// Withdraw a terminal's key
    Revoke {
        /// Its id
        id: String,
    },
    /// List terminals
    List,
}

pub(super) async fn run(common: &Common, args: KioskArgs) -> Result<(), String> {
    let config = common.load(None)?;
    let flow = app::open_flow(&config).await.map_err(|e| e.to_string())?;
    let result = match args.command {
        KioskCommand::Add { id, place, name } => {
            let name = name.unwrap_or_else(|| id.clone());
            app::add_kiosk(&flow, &id, &name, &place).await.map(|made| {
                if common.json {
                    print_json(&json!({"id": id, "place": place, "key": made.key}));
                } else {
                    println!("终端 {id} 已配对，密钥只显示这一次：");
                    println!("  {}", made.key);
                    println!(
                        "在终端的浏览器里打开一次：http://<服务器>/pair?key={}",
                        made.key
                    );
                }
            })
        }
        KioskCommand::Revoke { id } => flow
            .store
            .revoke_kiosk(&id.as_str().into(), flow.clock.now())
            .await
            .map_err(|e| format!("终端 {id} 没有停用：{e}"))
            .map(|()| println!("终端 {id} 的密钥已停用")),
        KioskCommand::List => flow
            .store
            .kiosks()
            .await
            .map_err(|e| e.to_string())
            .map(|kiosks| {
                if common.json {
                    let list: Vec<_> = kiosks
                        .iter()
                        .map(|k| {
                            json!({"id": k.id.as_str(), "name": k.name, "place": k.place.as_str(),
                               "revoked": k.revoked_at.is_some(), "loopback_only": k.loopback_only})
                        })
                        .collect();
                    print_json(&json!({"kiosks": list}));
                } else {
                    for kiosk in kiosks {
                        let state = if kiosk.revoked_at.is_some() {
                            "已停用"
                        } else {
                            "使用中"
                        };
                        println!("{}\t{}\t{}\t{state}", kiosk.id, kiosk.place, kiosk.name);
                    }
                }
            }),
    };
    flow.store.close().await;
    result
}
