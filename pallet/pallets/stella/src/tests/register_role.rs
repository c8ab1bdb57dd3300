use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::TokenError;

#[test]
fn holds_the_bond_and_enters_on_probation() {
    chain(|| {
        assert_ok!(Stella::register_role(signed(STORE), Role::Store, endpoint(), Some(OTHER)));

        let entry = Roles::<Test>::get(Role::Store, STORE).unwrap();
        assert_eq!((entry.bond, entry.operator, entry.registered_at), (BOND, None, 1));
        assert_eq!(OperatorClaims::<Test>::get(Role::Store, STORE), Some(OTHER), "OTHER has not confirmed it yet");
        assert_eq!(held(HoldReason::RoleBond, STORE), BOND);
        let reputation = Reputation::<Test>::get(Role::Store, STORE).unwrap();
        assert_eq!((reputation.standing, reputation.score, reputation.weight), (Standing::Probation, 0, 0));
        assert!(heard(Event::RoleRegistered { role: Role::Store, account: STORE, endpoint: endpoint() }));
    });
}

#[test]
fn an_account_that_is_its_own_operator_needs_no_confirmation() {
    chain(|| {
        assert_ok!(Stella::register_role(signed(STORE), Role::Store, endpoint(), Some(STORE)));

        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().operator, Some(STORE));
        assert!(!OperatorClaims::<Test>::contains_key(Role::Store, STORE));
    });
}

#[test]
fn an_account_may_hold_all_three_roles_each_with_its_bond() {
    chain(|| {
        register(Role::Store, STORE);
        register(Role::Fetch, STORE);
        register(Role::Inspector, STORE);

        assert_eq!(held(HoldReason::RoleBond, STORE), BOND + BOND / 2 + BOND);
    });
}

#[test]
fn an_anchor_enters_trusted_as_inspector_only() {
    chain(|| {
        register(Role::Inspector, ANCHORS[0]);
        register(Role::Store, ANCHORS[0]);

        let inspector = Reputation::<Test>::get(Role::Inspector, ANCHORS[0]).unwrap();
        assert_eq!((inspector.standing, inspector.weight), (Standing::Trusted, 1_000_000));
        let store = Reputation::<Test>::get(Role::Store, ANCHORS[0]).unwrap();
        assert_eq!((store.standing, store.weight), (Standing::Probation, 0));
    });
}

#[test]
fn refuses_a_role_already_held() {
    chain(|| {
        register(Role::Store, STORE);

        assert_noop!(
            Stella::register_role(signed(STORE), Role::Store, endpoint(), None),
            Error::<Test>::AlreadyRegistered
        );
    });
}

#[test]
fn refuses_a_role_that_is_being_left() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));

        assert_noop!(
            Stella::register_role(signed(STORE), Role::Store, endpoint(), None),
            Error::<Test>::AlreadyRegistered
        );
    });
}

#[test]
fn refuses_endpoints_that_are_no_text() {
    chain(|| {
        for bytes in [vec![], vec![0xff, 0xfe], b"http://a\n".to_vec(), vec![0; 128]] {
            let endpoint = BoundedVec::try_from(bytes).unwrap();
            assert_noop!(Stella::register_role(signed(STORE), Role::Store, endpoint, None), Error::<Test>::BadEndpoint);
        }
    });
}

#[test]
fn refuses_an_account_without_the_bond() {
    chain(|| {
        let poor = 99;
        assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), poor, BOND));

        assert_noop!(Stella::register_role(signed(poor), Role::Store, endpoint(), None), TokenError::FundsUnavailable);
    });
}

#[test]
fn refuses_one_inspector_too_many() {
    chain(|| {
        (20..28).for_each(|account| register(Role::Inspector, account));

        assert_noop!(
            Stella::register_role(signed(28), Role::Inspector, endpoint(), None),
            Error::<Test>::TooManyInspectors
        );
    });
}

#[test]
fn refuses_the_disqualified_even_after_they_left() {
    chain(|| {
        register(Role::Store, STORE);
        let entry = ReputationEntry { score: 0, standing: Standing::Disqualified, weight: 0, epoch: 0 };
        Reputation::<Test>::insert(Role::Store, STORE, entry);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(1 + UNBONDING);
        assert_ok!(Stella::withdraw_bond(signed(STORE), Role::Store));

        assert_noop!(Stella::register_role(signed(STORE), Role::Store, endpoint(), None), Error::<Test>::Disqualified);
    });
}

#[test]
fn refuses_unsigned_origins() {
    chain(|| {
        for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
            assert_noop!(
                Stella::register_role(origin, Role::Store, endpoint(), None),
                sp_runtime::DispatchError::BadOrigin
            );
        }
    });
}
