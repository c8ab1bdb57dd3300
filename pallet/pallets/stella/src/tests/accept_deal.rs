use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

const CHEAP: Balance = PRICE / 2;

#[test]
fn locks_collateral_and_frees_the_difference_to_the_highest_price() {
    chain(|| {
        open_store(STORE);
        let id = request(storage_request());

        assert_ok!(Stella::accept_deal(signed(STORE), id, CHEAP));

        let price = PERIOD_PRICE / 2;
        assert_eq!(held(HoldReason::DealCollateral, STORE), 3 * price);
        assert_eq!(credits(CLIENT), (1_000_000 - 3 * price, 3 * price));
        let stored = deal(0);
        assert_eq!((stored.price, stored.reserved, stored.collateral), (price, 3 * price, 3 * price));
        assert_eq!((stored.state, stored.deadline), (DealState::Accepted, 1 + ACTIVATION));
        assert!(heard(Event::DealAccepted { deal: 0, request: id, store: STORE, client: CLIENT, price }));
    });
}

#[test]
fn the_last_replica_fills_the_request() {
    chain(|| {
        open_store(STORE);
        open_store(OTHER);
        let id = request(StorageRequest { replicas: 2, ..storage_request() });

        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Open);
        assert_ok!(Stella::accept_deal(signed(OTHER), id, PRICE));

        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Filled);
        assert!(heard(Event::RequestFilled { request: id }));
    });
}

#[test]
fn the_most_replicas_are_all_taken_activated_and_paid() {
    chain(|| {
        let id = request(StorageRequest { replicas: 16, ..storage_request() });
        for store in 20..36 {
            open_store(store);
            assert_ok!(Stella::accept_deal(signed(store), id, PRICE));
        }
        run_to(2);
        (0..16).for_each(|deal| prove(deal).expect("the proof is right"));
        run_to(window_start(0));
        (0..16).for_each(|deal| prove(deal).expect("the proof is right"));
        run_to(deal(0).deadline);

        let stored = Requests::<Test>::get(id).unwrap();
        assert_eq!((stored.state, stored.open, stored.live), (RequestState::Filled, 0, 16));
        assert_eq!(credits(CLIENT).1, 16 * 2 * PERIOD_PRICE);
    });
}

#[test]
fn takes_the_piece_off_the_capacity_of_the_ask() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::publish_ask(signed(STORE), Ask { capacity: 700, ..ask() }));
        let first = request(storage_request());
        let second = request(storage_request());

        assert_ok!(Stella::accept_deal(signed(STORE), first, PRICE));

        assert_eq!(Asks::<Test>::get(STORE).unwrap().capacity, 700 - 512);
        assert_noop!(Stella::accept_deal(signed(STORE), second, PRICE), Error::<Test>::NotEnoughCapacity);
    });
}

#[test]
fn refuses_prices_above_the_request_or_the_ask() {
    chain(|| {
        register(Role::Store, STORE);
        assert_ok!(Stella::publish_ask(signed(STORE), Ask { price: CHEAP, ..ask() }));
        let id = request(storage_request());

        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE + 1), Error::<Test>::PriceAboveMax);
        assert_noop!(Stella::accept_deal(signed(STORE), id, u128::MAX), Error::<Test>::PriceAboveMax);
        assert_noop!(Stella::accept_deal(signed(STORE), id, CHEAP + 1), Error::<Test>::PriceAboveAsk);
    });
}

#[test]
fn refuses_what_the_ask_does_not_cover() {
    chain(|| {
        register(Role::Store, STORE);
        let id = request(storage_request());
        let refused = |ask, error: Error<Test>| {
            assert_ok!(Stella::publish_ask(signed(STORE), ask));
            assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), error);
        };
        refused(Ask { piece_size_min: 513, ..ask() }, Error::PieceOutsideAsk);
        refused(Ask { piece_size_max: 511, ..ask() }, Error::PieceOutsideAsk);
        refused(Ask { periods_max: 2, ..ask() }, Error::PeriodsOutsideAsk);
        refused(Ask { tier: Tier::Filecoin, ..ask() }, Error::TierOutsideAsk);
        refused(Ask { capacity: 511, ..ask() }, Error::NotEnoughCapacity);
        assert_ok!(Stella::publish_ask(signed(STORE), Ask { expires_at: 3, ..ask() }));
        run_to(3);
        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), Error::<Test>::AskExpired);
        assert_ok!(Stella::withdraw_ask(signed(STORE)));
        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), Error::<Test>::NoAsk);
    });
}

#[test]
fn refuses_accounts_that_are_no_working_store() {
    chain(|| {
        open_store(STORE);
        register(Role::Fetch, OTHER);
        let id = request(storage_request());

        assert_noop!(Stella::accept_deal(signed(OTHER), id, PRICE), Error::<Test>::NotRegistered);
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), Error::<Test>::RoleLeaving);
    });
}

#[test]
fn refuses_stores_out_of_standing() {
    chain(|| {
        open_store(STORE);
        let id = request(storage_request());
        let refused = |standing, error: Error<Test>| {
            let entry = ReputationEntry { score: 0, standing, weight: 0, epoch: 0 };
            Reputation::<Test>::insert(Role::Store, STORE, entry);
            assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), error);
        };
        refused(Standing::Suspended, Error::Suspended);
        refused(Standing::Disqualified, Error::Disqualified);
    });
}

#[test]
fn refuses_a_second_replica_of_an_account_or_operator() {
    chain(|| {
        open_store(STORE);
        let operator = 30;
        for store in [4, 5] {
            assert_ok!(Stella::register_role(signed(store), Role::Store, endpoint(), Some(operator)));
            assert_ok!(Stella::confirm_operator(signed(operator), Role::Store, store));
            assert_ok!(Stella::publish_ask(signed(store), ask()));
        }
        let id = request(StorageRequest { replicas: 4, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        assert_ok!(Stella::accept_deal(signed(4), id, PRICE));

        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), Error::<Test>::AlreadyReplica);
        assert_noop!(Stella::accept_deal(signed(5), id, PRICE), Error::<Test>::AlreadyReplica);
    });
}

#[test]
fn refuses_a_store_without_the_collateral() {
    chain(|| {
        open_store(STORE);
        let id = request(storage_request());
        assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), STORE, BOND + EXISTENTIAL_DEPOSIT));

        assert_noop!(Stella::accept_deal(signed(STORE), id, PRICE), TokenError::FundsUnavailable);
    });
}

#[test]
fn refuses_requests_that_are_unknown_filled_or_closed() {
    chain(|| {
        open_store(OTHER);
        assert_noop!(Stella::accept_deal(signed(OTHER), 7, PRICE), Error::<Test>::NoSuchRequest);
        accepted_deal();
        assert_noop!(Stella::accept_deal(signed(OTHER), 0, PRICE), Error::<Test>::RequestNotOpen);
        let cancelled = request(storage_request());
        assert_ok!(Stella::cancel_request(signed(CLIENT), cancelled));
        assert_noop!(Stella::accept_deal(signed(OTHER), cancelled, PRICE), Error::<Test>::RequestNotOpen);
    });
}
