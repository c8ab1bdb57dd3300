use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn starts_the_unbonding_period_and_ends_the_ask() {
    chain(|| {
        open_store(STORE);
        run_to(5);

        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));

        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().leaving_since, Some(5));
        assert!(!Asks::<Test>::contains_key(STORE));
        assert!(heard(Event::AskWithdrawn { store: STORE }));
        assert!(heard(Event::RoleLeft { role: Role::Store, account: STORE, free_at: 5 + UNBONDING }));
    });
}

#[test]
fn keeps_the_other_roles_of_the_account() {
    chain(|| {
        open_store(STORE);
        register(Role::Fetch, STORE);

        assert_ok!(Stella::leave_role(signed(STORE), Role::Fetch));

        assert!(Asks::<Test>::contains_key(STORE));
        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().leaving_since, None);
    });
}

#[test]
fn refuses_to_leave_twice_or_what_was_never_held() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));

        assert_noop!(Stella::leave_role(signed(STORE), Role::Store), Error::<Test>::RoleLeaving);
        assert_noop!(Stella::leave_role(signed(OTHER), Role::Store), Error::<Test>::NotRegistered);
    });
}
