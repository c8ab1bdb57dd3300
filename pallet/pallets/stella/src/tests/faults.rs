//! What happens when no proof comes (PP-5, DL-4).

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

/// Collateral of the usual deal, and what one fault costs of it.
const COLLATERAL: Balance = 3 * PERIOD_PRICE;
const SLASH: Balance = 154; // a tenth of 1536, rounded up

#[test]
fn a_missed_period_goes_to_the_client() {
    chain(|| {
        let id = active_deal();
        let (free, reserved) = credits(CLIENT);

        run_to(deal(id).deadline);

        assert_eq!(credits(CLIENT), (free + PERIOD_PRICE + SLASH, reserved - PERIOD_PRICE));
        assert_eq!(held(HoldReason::DealCollateral, STORE), COLLATERAL - SLASH);
        let stored = deal(id);
        assert_eq!((stored.period, stored.faults, stored.faults_in_row), (1, 1, 1));
        assert!(heard(Event::Fault { deal: id, store: STORE, period: 0, slashed: SLASH, in_row: 1 }));
        assert_eq!(HardRecords::<Test>::get(1, STORE), Some(HardEvidence::Missed));
    });
}

#[test]
fn a_proof_breaks_the_row_of_faults() {
    chain(|| {
        open_store(STORE);
        request(StorageRequest { periods: 10, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), 0, PRICE));
        run_to(2);
        assert_ok!(prove(0));
        for _ in 0..3 {
            run_to(deal(0).deadline);
            run_to(deal(0).deadline);
            run_to(window_start(0));
            assert_ok!(prove(0));
            run_to(deal(0).deadline);
        }

        assert_eq!((deal(0).state, deal(0).faults, deal(0).faults_in_row), (DealState::Active, 6, 0));
    });
}

#[test]
fn three_faults_in_a_row_end_the_deal_and_reopen_the_replica() {
    chain(|| {
        open_store(STORE);
        let request_id = request(StorageRequest { periods: 9, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), request_id, PRICE));
        run_to(2);
        assert_ok!(prove(0));

        run_to(2 + 3 * PERIOD);

        assert_eq!(deal(0).state, DealState::Terminated);
        assert_eq!(held(HoldReason::DealCollateral, STORE), 0);
        let whole = 9 * PERIOD_PRICE;
        assert_eq!(credits(CLIENT), (1_000_000 + whole - whole, whole), "collateral came, the new replica is paid for");
        assert!(heard(Event::DealEnded {
            deal: 0,
            store: STORE,
            outcome: DealState::Terminated,
            collateral_returned: 0,
            credits_returned: 6 * PERIOD_PRICE
        }));
        assert!(heard(Event::ReplicaReopened { request: request_id, deal: 0 }));
        let stored = Requests::<Test>::get(request_id).unwrap();
        assert_eq!((stored.state, stored.open, stored.live), (RequestState::Open, 1, 0));
        assert_eq!(stored.expires_at, System::block_number() + TTL);
    });
}

#[test]
fn a_replica_is_not_reopened_when_the_client_cannot_pay_for_it() {
    chain(|| {
        open_store(STORE);
        let id = request(storage_request());
        assert_ok!(Stella::accept_deal(signed(STORE), id, 0));
        assert_ok!(Stella::withdraw_credits(signed(CLIENT), 1_000_000));

        run_to(1 + ACTIVATION);

        assert!(heard(Event::ReplicaNotReopened { request: id, deal: 0 }));
        assert!(heard(Event::RequestDone { request: id }));
        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Done);
    });
}

#[test]
fn a_deal_without_first_proof_lapses() {
    chain(|| {
        let id = accepted_deal();
        let before = Balances::free_balance(STORE);

        run_to(1 + ACTIVATION);

        assert_eq!(deal(id).state, DealState::Lapsed);
        assert_eq!(Balances::free_balance(STORE), before + COLLATERAL - SLASH);
        assert_eq!(credits(CLIENT), (1_000_000 - COLLATERAL + SLASH, COLLATERAL), "the replica is open again");
        assert!(heard(Event::DealEnded {
            deal: id,
            store: STORE,
            outcome: DealState::Lapsed,
            collateral_returned: COLLATERAL - SLASH,
            credits_returned: COLLATERAL
        }));
        assert_noop!(
            Stella::submit_proof(signed(STORE), id, Tree::usual().proof([0; 32], id)),
            Error::<Test>::DealOver
        );
    });
}

#[test]
fn a_store_may_take_the_reopened_replica_again() {
    chain(|| {
        accepted_deal();
        run_to(1 + ACTIVATION);

        assert_ok!(Stella::accept_deal(signed(STORE), 0, PRICE));

        assert_eq!(Requests::<Test>::get(0).unwrap().state, RequestState::Filled);
    });
}

#[test]
fn the_worst_evidence_of_an_epoch_stays() {
    chain(|| {
        Stella::record(&STORE, HardEvidence::Invalid);
        Stella::record(&STORE, HardEvidence::Ok);
        Stella::record(&STORE, HardEvidence::Missed);

        assert_eq!(HardRecords::<Test>::get(0, STORE), Some(HardEvidence::Invalid));
    });
}

#[test]
fn a_leaving_store_still_proves_and_is_still_paid() {
    chain(|| {
        let id = active_deal();
        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        run_to(window_start(id));

        assert_ok!(prove(id));

        assert_eq!(deal(id).paid_periods, 1);
    });
}
