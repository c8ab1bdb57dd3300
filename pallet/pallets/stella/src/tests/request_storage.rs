use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn sets_the_highest_price_of_all_replicas_aside() {
    chain(|| {
        let id = request(StorageRequest { replicas: 4, ..storage_request() });

        let price = 4 * 3 * PERIOD_PRICE;
        assert_eq!(credits(CLIENT), (1_000_000 - price, price));
        let stored = Requests::<Test>::get(id).unwrap();
        assert_eq!((stored.state, stored.open, stored.live), (RequestState::Open, 4, 0));
        assert_eq!((stored.reserved, stored.expires_at), (price, 1 + TTL));
        let StorageRequest { content, piece, periods, price_max, .. } = storage_request();
        assert!(heard(Event::StorageRequested {
            request: id,
            client: CLIENT,
            content,
            piece,
            replicas: 4,
            periods,
            price_max
        }));
    });
}

#[test]
fn ids_are_never_used_twice() {
    chain(|| {
        let first = request(storage_request());
        assert_ok!(Stella::cancel_request(signed(CLIENT), first));

        assert_eq!(request(storage_request()), first + 1);
    });
}

#[test]
fn a_fraction_of_a_gib_costs_at_least_one_planck_a_period() {
    chain(|| {
        let id = request(StorageRequest { price_max: 1, periods: 2, ..storage_request() });

        assert_eq!(Requests::<Test>::get(id).unwrap().reserved, 2);
    });
}

#[test]
fn a_price_of_zero_needs_no_credits() {
    chain(|| {
        assert_ok!(Stella::request_storage(signed(OTHER), StorageRequest { price_max: 0, ..storage_request() }));

        assert_eq!(credits(OTHER), (0, 0));
    });
}

#[test]
fn expires_and_refunds_when_nobody_takes_it() {
    chain(|| {
        let id = request(storage_request());

        run_to(1 + TTL);

        let stored = Requests::<Test>::get(id).unwrap();
        assert_eq!((stored.state, stored.open, stored.reserved), (RequestState::Expired, 0, 0));
        assert_eq!(credits(CLIENT), (1_000_000, 0));
        assert!(heard(Event::RequestExpired { request: id, refunded: 3 * PERIOD_PRICE }));
    });
}

#[test]
fn the_taken_part_lives_on_when_the_open_part_expires() {
    chain(|| {
        open_store(STORE);
        let id = request(StorageRequest { replicas: 2, periods: 10, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        run_to(2);
        assert_ok!(prove(0));
        for _ in 0..4 {
            run_to(window_start(0));
            assert_ok!(prove(0));
            run_to(deal(0).deadline);
        }

        let stored = Requests::<Test>::get(id).unwrap();
        assert_eq!((stored.state, stored.live), (RequestState::Expired, 1));
        assert_eq!(deal(0).state, DealState::Active);
    });
}

#[test]
fn refuses_what_the_credits_do_not_cover() {
    chain(|| {
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 3 * PERIOD_PRICE - 1));

        assert_noop!(Stella::request_storage(signed(CLIENT), storage_request()), Error::<Test>::NotEnoughCredits);
    });
}

#[test]
fn refuses_wrong_numbers_of_replicas_and_periods() {
    chain(|| {
        let refused = |request, error: Error<Test>| {
            assert_noop!(Stella::request_storage(signed(CLIENT), request), error);
        };
        refused(StorageRequest { replicas: 0, ..storage_request() }, Error::NoReplicas);
        refused(StorageRequest { replicas: 17, ..storage_request() }, Error::TooManyReplicas);
        refused(StorageRequest { replicas: 255, ..storage_request() }, Error::TooManyReplicas);
        refused(StorageRequest { periods: 0, ..storage_request() }, Error::BadPeriods);
        refused(StorageRequest { periods: 1_000_001, ..storage_request() }, Error::BadPeriods);
    });
}

#[test]
fn refuses_what_is_no_piece_content_or_source() {
    chain(|| {
        let refused = |request, error: Error<Test>| {
            assert_noop!(Stella::request_storage(signed(CLIENT), request), error);
        };
        for (height, padding) in [(0, 0), (1, 0), (51, 0), (255, 0), (2, 127), (2, u64::MAX), (50, u64::MAX)] {
            let piece = Piece { root: [1; 32], height, padding };
            refused(StorageRequest { piece, ..storage_request() }, Error::BadPiece);
        }
        refused(StorageRequest { content: Default::default(), ..storage_request() }, Error::BadContent);
        refused(StorageRequest { source: Default::default(), ..storage_request() }, Error::BadSource);
        let binary = vec![0xc3, 0x28].try_into().unwrap();
        refused(StorageRequest { source: binary, ..storage_request() }, Error::BadSource);
        refused(StorageRequest { asset: Some(314), ..storage_request() }, Error::AssetsNotSupported);
    });
}

#[test]
fn refuses_prices_beyond_any_amount() {
    chain(|| {
        let largest = Piece { root: [1; 32], height: 50, padding: 0 };
        for (price_max, periods, replicas) in [(u128::MAX, 1, 1), (1 << 73, 1_000_000, 16), (1 << 90, 1, 1)] {
            let piece = largest.clone();
            let request = StorageRequest { piece, price_max, periods, replicas, ..storage_request() };
            assert_noop!(Stella::request_storage(signed(CLIENT), request), Error::<Test>::PriceOverflow);
        }
    });
}
