use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn frees_the_bond_after_the_unbonding_period() {
    chain(|| {
        register(Role::Inspector, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Inspector));
        run_to(UNBONDING);
        assert_noop!(Stella::withdraw_bond(signed(STORE), Role::Inspector), Error::<Test>::StillUnbonding);
        run_to(1 + UNBONDING);

        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Inspector));

        assert_eq!(Balances::free_balance(STORE), WEALTH);
        assert_eq!(InspectorCount::<Test>::get(), 0);
        assert!(!Reputation::<Test>::contains_key(Role::Inspector, STORE));
        assert!(heard(Event::BondWithdrawn { role: Role::Inspector, account: STORE, amount: BOND }));
    });
}

#[test]
fn frees_only_the_bond_of_this_role() {
    chain(|| {
        register(Role::Store, STORE);
        register(Role::Fetch, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(1 + UNBONDING);

        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));

        assert_eq!(held(HoldReason::RoleBond, STORE), BOND / 2);
    });
}

#[test]
fn refuses_while_a_deal_is_live() {
    chain(|| {
        let id = active_deal();
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(2 + UNBONDING);
        assert!(deal(id).state.is_live());

        assert_noop!(Stella::withdraw_bond(signed(STORE), Role::Store), Error::<Test>::LiveDeals);
    });
}

#[test]
fn refuses_who_did_not_leave_or_holds_nothing() {
    chain(|| {
        register(Role::Store, STORE);
        run_to(1 + UNBONDING);

        assert_noop!(Stella::withdraw_bond(signed(STORE), Role::Store), Error::<Test>::RoleNotLeft);
        assert_noop!(Stella::withdraw_bond(signed(OTHER), Role::Store), Error::<Test>::NotRegistered);
    });
}

#[test]
fn refuses_a_second_withdrawal() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(1 + UNBONDING);
        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));

        assert_noop!(Stella::withdraw_bond(signed(STORE), Role::Store), Error::<Test>::NotRegistered);
    });
}
