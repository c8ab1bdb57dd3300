use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn refunds_the_open_part_and_leaves_live_deals_alone() {
    chain(|| {
        open_store(STORE);
        let id = request(StorageRequest { replicas: 3, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));

        assert_ok!(Stella::cancel_request(signed(CLIENT), id));

        let stored = Requests::<Test>::get(id).unwrap();
        assert_eq!((stored.state, stored.open, stored.live), (RequestState::Cancelled, 0, 1));
        assert_eq!(credits(CLIENT), (1_000_000 - 3 * PERIOD_PRICE, 3 * PERIOD_PRICE));
        assert!(heard(Event::RequestCancelled { request: id, refunded: 2 * 3 * PERIOD_PRICE }));
        assert_eq!(deal(0).state, DealState::Accepted);
    });
}

#[test]
fn a_failed_deal_of_a_cancelled_request_is_not_offered_again() {
    chain(|| {
        open_store(STORE);
        let id = request(StorageRequest { replicas: 2, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        assert_ok!(Stella::cancel_request(signed(CLIENT), id));

        run_to(1 + ACTIVATION);

        assert_eq!(deal(0).state, DealState::Lapsed);
        assert!(heard(Event::ReplicaNotReopened { request: id, deal: 0 }));
        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Cancelled);
    });
}

#[test]
fn nothing_happens_when_a_cancelled_request_would_have_expired() {
    chain(|| {
        let id = request(storage_request());
        assert_ok!(Stella::cancel_request(signed(CLIENT), id));

        run_to(2 + TTL);

        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Cancelled);
        assert_eq!(credits(CLIENT), (1_000_000, 0));
    });
}

#[test]
fn refuses_others_than_the_client() {
    chain(|| {
        let id = request(storage_request());

        assert_noop!(Stella::cancel_request(signed(OTHER), id), Error::<Test>::NotTheClient);
    });
}

#[test]
fn refuses_requests_that_are_unknown_filled_or_closed() {
    chain(|| {
        assert_noop!(Stella::cancel_request(signed(CLIENT), 0), Error::<Test>::NoSuchRequest);
        accepted_deal();
        assert_noop!(Stella::cancel_request(signed(CLIENT), 0), Error::<Test>::RequestNotOpen);
        let second = request(storage_request());
        assert_ok!(Stella::cancel_request(signed(CLIENT), second));
        assert_noop!(Stella::cancel_request(signed(CLIENT), second), Error::<Test>::RequestNotOpen);
    });
}
