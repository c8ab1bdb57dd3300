use super::scene::{adopt, suspended, ATTESTATION};
use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};

const LOST_AT: u64 = ATTESTATION + EPOCH * APPEAL_PERIODS as u64;

/// A Store that is suspended and says it has mended itself.
fn appealed() {
    suspended(Role::Store, STORE);
    assert_ok!(Stella::appeal(signed(STORE), Role::Store));
}

#[test]
fn holds_the_fee_and_tells_the_nodes() {
    chain(|| {
        appealed();

        assert_eq!(held(HoldReason::AppealFee, STORE), APPEAL_FEE);
        let appeal = Appeal { epoch: 2, fee: APPEAL_FEE, deadline: LOST_AT };
        assert_eq!(Appeals::<Test>::get(Role::Store, STORE), Some(appeal));
        assert!(heard(Event::Appealed { role: Role::Store, account: STORE, epoch: 2 }));
    });
}

#[test]
fn the_fee_is_returned_when_the_suspension_ends() {
    chain(|| {
        appealed();
        run_to(ATTESTATION + EPOCH);

        adopt(1, Role::Store, STORE, Standing::Probation);

        assert_eq!(held(HoldReason::AppealFee, STORE), 0);
        assert!(heard(Event::AppealWon { role: Role::Store, account: STORE }));
        run_to(LOST_AT);
        assert!(!heard(Event::AppealLost { role: Role::Store, account: STORE, fee: APPEAL_FEE }));
        assert_eq!(Balances::total_balance(&STORE), WEALTH);
    });
}

#[test]
fn the_fee_is_the_treasurys_when_nothing_comes_of_it() {
    chain(|| {
        appealed();
        run_to(LOST_AT - 1);
        assert_eq!(held(HoldReason::AppealFee, STORE), APPEAL_FEE);

        run_to(LOST_AT);

        assert_eq!((held(HoldReason::AppealFee, STORE), Balances::free_balance(TREASURY)), (0, APPEAL_FEE));
        assert!(heard(Event::AppealLost { role: Role::Store, account: STORE, fee: APPEAL_FEE }));
        assert_ok!(Stella::appeal(signed(STORE), Role::Store));
    });
}

#[test]
fn an_inspector_that_becomes_an_anchor_wins_its_appeal() {
    chain(|| {
        suspended(Role::Inspector, 20);
        assert_ok!(Stella::appeal(signed(20), Role::Inspector));

        assert_ok!(Stella::set_anchors(RuntimeOrigin::root(), vec![20].try_into().unwrap()));

        assert!(heard(Event::AppealWon { role: Role::Inspector, account: 20 }));
        assert_eq!(held(HoldReason::AppealFee, 20), 0);
    });
}

#[test]
fn whoever_leaves_meanwhile_loses_it() {
    chain(|| {
        appealed();
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(ATTESTATION + UNBONDING);

        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));

        assert!(heard(Event::AppealLost { role: Role::Store, account: STORE, fee: APPEAL_FEE }));
        assert_eq!(Balances::free_balance(STORE), WEALTH - APPEAL_FEE);
    });
}

#[test]
fn each_role_appeals_for_itself() {
    chain(|| {
        suspended(Role::Fetch, STORE);
        let entry = ReputationEntry { score: 0, standing: Standing::Suspended, weight: 0, epoch: 0 };
        register(Role::Inspector, STORE);
        Reputation::<Test>::insert(Role::Inspector, STORE, entry);

        assert_ok!(Stella::appeal(signed(STORE), Role::Fetch));
        assert_ok!(Stella::appeal(signed(STORE), Role::Inspector));

        assert_eq!(held(HoldReason::AppealFee, STORE), 2 * APPEAL_FEE);
    });
}

#[test]
fn refuses_who_is_not_suspended_appeals_already_leaves_or_cannot_pay() {
    chain(|| {
        assert_noop!(Stella::appeal(signed(STORE), Role::Store), Error::<Test>::NotRegistered);
        suspended(Role::Store, STORE);
        assert_noop!(Stella::appeal(signed(ANCHORS[0]), Role::Inspector), Error::<Test>::NotSuspended);
        assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), STORE, APPEAL_FEE - 1));
        assert_noop!(Stella::appeal(signed(STORE), Role::Store), sp_runtime::TokenError::FundsUnavailable);
        assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), STORE, WEALTH));
        assert_ok!(Stella::appeal(signed(STORE), Role::Store));
        assert_noop!(Stella::appeal(signed(STORE), Role::Store), Error::<Test>::AlreadyAppealed);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        assert_noop!(Stella::appeal(signed(STORE), Role::Store), Error::<Test>::RoleLeaving);
    });
}
