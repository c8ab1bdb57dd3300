use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn pays_one_period_and_returns_the_rest() {
    chain(|| {
        let id = active_deal();

        assert_ok!(Stella::end_deal(signed(CLIENT), id));

        assert_eq!(deal(id).state, DealState::EndedEarly);
        assert_eq!(credits(CLIENT), (1_000_000 - PERIOD_PRICE, 0));
        assert_eq!(Balances::free_balance(STORE), WEALTH - BOND + PERIOD_PRICE);
        assert_eq!(held(HoldReason::DealCollateral, STORE), 0);
        assert!(heard(Event::EarlyEndPaid { deal: id, store: STORE, paid: PERIOD_PRICE }));
        assert!(heard(Event::DealEnded {
            deal: id,
            store: STORE,
            outcome: DealState::EndedEarly,
            collateral_returned: 3 * PERIOD_PRICE,
            credits_returned: 2 * PERIOD_PRICE,
        }));
    });
}

#[test]
fn ends_a_deal_that_was_never_proven_too() {
    chain(|| {
        let id = accepted_deal();

        assert_ok!(Stella::end_deal(signed(CLIENT), id));

        assert_eq!(credits(CLIENT), (1_000_000 - PERIOD_PRICE, 0));
        run_to(1 + ACTIVATION);
        assert_eq!(deal(id).state, DealState::EndedEarly, "its place in the agenda is passed over");
    });
}

#[test]
fn does_not_offer_the_replica_again() {
    chain(|| {
        let id = active_deal();

        assert_ok!(Stella::end_deal(signed(CLIENT), id));

        let request = Requests::<Test>::get(0).unwrap();
        assert_eq!((request.state, request.open, request.live), (RequestState::Done, 0, 0));
        assert!(heard(Event::RequestDone { request: 0 }));
        assert!(!Replicas::<Test>::contains_key(0, STORE));
        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().live_deals, 0);
    });
}

#[test]
fn other_replicas_of_the_request_go_on() {
    chain(|| {
        open_store(STORE);
        open_store(OTHER);
        request(StorageRequest { replicas: 3, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), 0, PRICE));
        assert_ok!(Stella::accept_deal(signed(OTHER), 0, PRICE));

        assert_ok!(Stella::end_deal(signed(CLIENT), 0));

        let request = Requests::<Test>::get(0).unwrap();
        assert_eq!((request.state, request.open, request.live), (RequestState::Open, 1, 1));
        assert_eq!(deal(1).state, DealState::Accepted);
    });
}

#[test]
fn pays_nothing_when_every_period_is_paid() {
    chain(|| {
        let id = active_deal();
        for _ in 0..3 {
            run_to(window_start(id));
            assert_ok!(prove(id));
            if deal(id).paid_periods < 3 {
                run_to(deal(id).deadline);
            }
        }
        let earned = Balances::free_balance(STORE);
        assert_eq!(deal(id).reserved, 0);

        assert_ok!(Stella::end_deal(signed(CLIENT), id));

        assert_eq!(Balances::free_balance(STORE), earned + 3 * PERIOD_PRICE, "the collateral alone");
        assert!(heard(Event::EarlyEndPaid { deal: id, store: STORE, paid: 0 }));
    });
}

#[test]
fn refuses_strangers_and_deals_that_are_over() {
    chain(|| {
        assert_noop!(Stella::end_deal(signed(CLIENT), 0), Error::<Test>::NoSuchDeal);
        let id = active_deal();
        assert_noop!(Stella::end_deal(signed(STORE), id), Error::<Test>::NotTheClient);
        assert_ok!(Stella::end_deal(signed(CLIENT), id));

        assert_noop!(Stella::end_deal(signed(CLIENT), id), Error::<Test>::DealOver);
    });
}
