//! What is over can be read for a while, and is forgotten then.

use crate::{mock::*, types::*, *};
use frame_support::{assert_ok, weights::Weight};

#[test]
fn ended_deals_and_finished_requests_can_be_read_for_the_retention_period() {
    chain(|| {
        let id = active_deal();
        run_to(10);
        assert_ok!(Stella::end_deal(signed(CLIENT), id));
        run_to(10 + RETENTION - 1);
        assert_eq!(deal(id).state, DealState::EndedEarly);
        assert_eq!(Requests::<Test>::get(0).unwrap().state, RequestState::Done);

        run_to(10 + RETENTION);

        assert_eq!((Deals::<Test>::iter().count(), Requests::<Test>::iter().count()), (0, 0));
        assert_eq!((Ended::<Test>::iter().count(), EndedRange::<Test>::get()), (0, (2, 2)));
    });
}

#[test]
fn requests_that_nobody_takes_are_forgotten_too() {
    chain(|| {
        request(storage_request());
        let cancelled = request(storage_request());
        assert_ok!(Stella::cancel_request(signed(CLIENT), cancelled));

        run_to(1 + RETENTION);
        assert_eq!(Requests::<Test>::iter_keys().collect::<Vec<_>>(), [0]);
        run_to(1 + TTL + RETENTION);

        assert_eq!(Requests::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_request_stays_as_long_as_a_deal_of_it_lives() {
    chain(|| {
        open_store(STORE);
        request(StorageRequest { replicas: 2, periods: 30, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), 0, PRICE));
        assert_ok!(Stella::cancel_request(signed(CLIENT), 0));
        run_to(2);
        assert_ok!(prove(0));
        while System::block_number() < 2 * RETENTION {
            run_to(window_start(0));
            let end = deal(0).deadline;
            assert_ok!(prove(0));
            run_to(end);
        }

        assert_eq!(Requests::<Test>::get(0).unwrap().state, RequestState::Cancelled);
    });
}

#[test]
fn forgetting_stops_at_the_weight_and_goes_on_later() {
    chain(|| {
        for _ in 0..30 {
            let id = request(storage_request());
            assert_ok!(Stella::cancel_request(signed(CLIENT), id));
        }
        run_to(RETENTION);
        type Weights = <Test as Config>::WeightInfo;
        let room = Weights::agenda_slot(SLOT_PLACES).saturating_add(Weights::forget_item().saturating_mul(12));
        HookWeight::set(room.saturating_add(Weight::from_parts(1, 1)));

        run_to(1 + RETENTION);
        let left = Requests::<Test>::iter().count();
        assert!((1..30).contains(&left), "{left}");
        assert_consistent();
        run_to(RETENTION + 10);

        assert_eq!(Requests::<Test>::iter().count(), 0);
    });
}
