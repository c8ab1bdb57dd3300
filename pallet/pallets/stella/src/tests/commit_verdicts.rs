use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn is_open_in_the_first_half_of_the_next_epoch() {
    chain(|| {
        for inspector in [20, 21] {
            register(Role::Inspector, inspector);
        }
        run_to(EPOCH - 1);
        assert_noop!(Stella::commit_verdicts(signed(20), 0, [1; 32]), Error::<Test>::WrongPhase);
        run_to(EPOCH);
        assert_ok!(Stella::commit_verdicts(signed(20), 0, [1; 32]));
        run_to(EPOCH + EPOCH / 2 - 1);
        assert_ok!(Stella::commit_verdicts(signed(21), 0, [2; 32]));
        run_to(EPOCH + EPOCH / 2);
        assert_noop!(Stella::commit_verdicts(signed(20), 0, [1; 32]), Error::<Test>::WrongPhase);

        assert_eq!(Commits::<Test>::get(0, 20), Some([1; 32]));
        assert!(heard(Event::VerdictsCommitted { epoch: 0, inspector: 21 }));
    });
}

#[test]
fn refuses_other_epochs() {
    chain(|| {
        register(Role::Inspector, 20);
        run_to(3 * EPOCH);

        for epoch in [0, 1, 3, 4, u32::MAX] {
            assert_noop!(Stella::commit_verdicts(signed(20), epoch, [1; 32]), Error::<Test>::WrongPhase);
        }
        assert_ok!(Stella::commit_verdicts(signed(20), 2, [1; 32]));
    });
}

#[test]
fn refuses_a_second_commit() {
    chain(|| {
        register(Role::Inspector, 20);
        run_to(EPOCH);
        assert_ok!(Stella::commit_verdicts(signed(20), 0, [1; 32]));

        assert_noop!(Stella::commit_verdicts(signed(20), 0, [2; 32]), Error::<Test>::AlreadyCommitted);
    });
}

#[test]
fn refuses_accounts_that_have_no_say() {
    chain(|| {
        register(Role::Store, STORE);
        register(Role::Inspector, 20);
        register(Role::Inspector, 21);
        let suspended = ReputationEntry { score: 0, standing: Standing::Suspended, weight: 0, epoch: 0 };
        Reputation::<Test>::insert(Role::Inspector, 21, suspended);
        run_to(EPOCH);

        assert_noop!(Stella::commit_verdicts(signed(STORE), 0, [1; 32]), Error::<Test>::NotRegistered);
        assert_noop!(Stella::commit_verdicts(signed(21), 0, [1; 32]), Error::<Test>::Suspended);
    });
}

#[test]
fn who_leaves_finishes_the_epoch_but_has_no_part_in_the_next() {
    chain(|| {
        register(Role::Inspector, 20);
        run_to(5);
        assert_ok!(Stella::leave_role(signed(20), Role::Inspector));
        run_to(EPOCH);
        assert_ok!(Stella::commit_verdicts(signed(20), 0, [1; 32]));
        run_to(2 * EPOCH);

        assert_noop!(Stella::commit_verdicts(signed(20), 1, [1; 32]), Error::<Test>::RoleLeaving);
    });
}
