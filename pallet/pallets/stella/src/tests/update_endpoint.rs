use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn replaces_the_endpoint() {
    chain(|| {
        register(Role::Fetch, STORE);
        let moved: Endpoint = b"https://elsewhere.example".to_vec().try_into().unwrap();

        assert_ok!(Stella::update_endpoint(signed(STORE), Role::Fetch, moved.clone()));

        assert_eq!(Roles::<Test>::get(Role::Fetch, STORE).unwrap().endpoint, moved);
        assert!(heard(Event::EndpointUpdated { role: Role::Fetch, account: STORE, endpoint: moved }));
    });
}

#[test]
fn works_while_leaving_since_live_deals_are_still_served() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));

        assert_ok!(Stella::update_endpoint(signed(STORE), Role::Store, endpoint()));
    });
}

#[test]
fn refuses_accounts_without_the_role_and_bad_endpoints() {
    chain(|| {
        register(Role::Store, STORE);

        assert_noop!(Stella::update_endpoint(signed(STORE), Role::Fetch, endpoint()), Error::<Test>::NotRegistered);
        assert_noop!(
            Stella::update_endpoint(signed(STORE), Role::Store, Default::default()),
            Error::<Test>::BadEndpoint
        );
    });
}
