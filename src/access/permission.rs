//! Role to permission, in one table.

use crate::model::Role;

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See and answer what residents handed over.
    AnswerResidents,
    /// See the knowledge base and the test page.
    ReadKnowledge,
    /// Propose, review and publish knowledge.
    EditKnowledge,
    /// See the goal and the turns behind it.
    SeeGoal,
}

/// Whether `role` may do what `permission` names.
pub const fn allows(role: Role, permission: Permission) -> bool {
    match role {
        Role::Admin => true,
        Role::Worker => {
            matches!(
                permission,
                Permission::AnswerResidents | Permission::ReadKnowledge
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_answers_and_reads_and_an_admin_does_everything() {
        for (permission, worker) in [
            (Permission::AnswerResidents, true),
            (Permission::ReadKnowledge, true),
            (Permission::EditKnowledge, false),
            (Permission::SeeGoal, false),
        ] {
            assert_eq!(allows(Role::Worker, permission), worker, "{permission:?}");
            assert!(allows(Role::Admin, permission), "{permission:?}");
        }
    }
}
