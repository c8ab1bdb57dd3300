use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn publishing_replaces_the_ask() {
    chain(|| {
        open_store(STORE);
        let cheaper = Ask { price: 7, capacity: 1 << 20, expires_at: 50, ..ask() };

        assert_ok!(Stella::publish_ask(signed(STORE), cheaper.clone()));

        assert_eq!(Asks::<Test>::get(STORE), Some(cheaper));
        assert!(heard(Event::AskPublished { store: STORE, price: 7, capacity: 1 << 20, expires_at: 50 }));
    });
}

#[test]
fn refuses_asks_that_contradict_themselves() {
    chain(|| {
        register(Role::Store, STORE);
        for bad in [
            Ask { piece_size_min: 2, piece_size_max: 1, ..ask() },
            Ask { periods_max: 0, ..ask() },
            Ask { capacity: 0, ..ask() },
            Ask { expires_at: 1, ..ask() },
        ] {
            assert_noop!(Stella::publish_ask(signed(STORE), bad), Error::<Test>::BadAsk);
        }
    });
}

#[test]
fn refuses_asks_of_others_than_working_stores() {
    chain(|| {
        register(Role::Fetch, OTHER);
        assert_noop!(Stella::publish_ask(signed(OTHER), ask()), Error::<Test>::NotRegistered);

        register(Role::Store, STORE);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        assert_noop!(Stella::publish_ask(signed(STORE), ask()), Error::<Test>::RoleLeaving);
    });
}

#[test]
fn withdrawing_ends_the_ask_once() {
    chain(|| {
        open_store(STORE);

        assert_ok!(Stella::withdraw_ask(signed(STORE)));

        assert!(!Asks::<Test>::contains_key(STORE));
        assert!(heard(Event::AskWithdrawn { store: STORE }));
        assert_noop!(Stella::withdraw_ask(signed(STORE)), Error::<Test>::NoAsk);
    });
}
