//! State that version 0 of the pallet wrote, and what version 1 makes of it.

use crate::{migrations::FromV0ToV1, mock::*, types::*, *};
use codec::Encode;
use frame_support::{
    assert_ok,
    storage::unhashed,
    traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};

const OPERATOR: AccountId = 30;

/// A deal in the encoding of version 0, field by field.
fn deal_v0(deal: &DealOf<Test>) -> Vec<u8> {
    let Deal { request, client, store, content, piece, price, periods, tier, state, .. } = deal;
    let Deal { accepted_at, activated_at, period, proven, paid_periods, faults, faults_in_row, .. } = deal;
    let terms = (request, client, store, content, piece, price, periods, tier, state);
    let course = (accepted_at, activated_at, period, proven, paid_periods, faults, faults_in_row);
    (terms, course, deal.collateral, deal.reserved, deal.deadline).encode()
}

/// A live deal, one that ended, a request that expired, and operators that never agreed; then everything as version 0
/// had it.
fn version_0() {
    for store in [STORE, OTHER] {
        assert_ok!(Stella::register_role(signed(store), Role::Store, endpoint(), Some(OPERATOR)));
        assert_ok!(Stella::confirm_operator(signed(OPERATOR), Role::Store, store));
        assert_ok!(Stella::publish_ask(signed(store), ask()));
    }
    assert_ok!(Stella::register_role(signed(CLIENT), Role::Fetch, endpoint(), Some(CLIENT)));
    let first = request(storage_request());
    let second = request(StorageRequest { replicas: 2, ..storage_request() });
    let forgotten = request(storage_request());
    assert_ok!(Stella::accept_deal(signed(STORE), first, PRICE));
    assert_ok!(Stella::accept_deal(signed(OTHER), second, PRICE / 2));
    run_to(2);
    assert_ok!(prove(0));
    assert_ok!(prove_falsely(1));
    assert_ok!(Stella::cancel_request(signed(CLIENT), forgotten));

    let deals: Vec<_> = Deals::<Test>::iter().collect();
    assert_eq!(deals.len(), 2);
    for (id, deal) in deals {
        unhashed::put_raw(&Deals::<Test>::hashed_key_for(id), &deal_v0(&deal));
    }
    let _ = LiveDeals::<Test>::clear(10, None);
    let _ = Ended::<Test>::clear(10, None);
    EndedRange::<Test>::kill();
    StorageVersion::new(0).put::<Stella>();
}

#[test]
fn version_0_becomes_version_1() {
    chain(|| {
        version_0();

        let weight = FromV0ToV1::<Test>::on_runtime_upgrade();

        assert_eq!(Stella::on_chain_storage_version(), 1);
        assert_consistent();
        let (running, lapsed) = (deal(0), deal(1));
        assert_eq!((running.state, running.pledged, running.deadline), (DealState::Active, 1_536, 2 + PERIOD));
        assert_eq!((lapsed.state, lapsed.pledged), (DealState::Lapsed, 768));
        assert_eq!(LiveDeals::<Test>::iter().collect::<Vec<_>>(), [(STORE, 0, OPERATOR)]);
        assert_eq!(OperatorClaims::<Test>::iter().count(), 2, "both Stores' operators must agree now");
        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().operator, None);
        assert_eq!(Roles::<Test>::get(Role::Fetch, CLIENT).unwrap().operator, Some(CLIENT));
        let writes = weight.ref_time() / <Test as frame_system::Config>::DbWeight::get().write;
        assert!(writes > 15, "{writes}: two deals, three requests, three roles and the version are counted");
    });
}

#[test]
fn an_upgraded_deal_goes_on_to_its_end() {
    chain(|| {
        version_0();
        FromV0ToV1::<Test>::on_runtime_upgrade();

        while deal(0).state.is_live() {
            run_to(window_start(0));
            let end = deal(0).deadline;
            assert_ok!(prove(0));
            run_to(end);
        }

        assert_eq!((deal(0).state, deal(0).paid_periods), (DealState::Completed, 3));
        assert!(!Replicas::<Test>::contains_key(0, OPERATOR), "the key of its acceptance is free");
    });
}

#[test]
fn what_was_over_is_forgotten_in_time() {
    chain(|| {
        version_0();
        FromV0ToV1::<Test>::on_runtime_upgrade();
        assert_eq!(EndedRange::<Test>::get(), (0, 2), "a deal and a request");

        run_to(2 + RETENTION);

        assert!(!Deals::<Test>::contains_key(1));
        assert!(!Requests::<Test>::contains_key(2));
    });
}

#[test]
fn runs_once() {
    chain(|| {
        version_0();
        FromV0ToV1::<Test>::on_runtime_upgrade();
        let root = sp_io::storage::root(sp_runtime::StateVersion::V1);

        FromV0ToV1::<Test>::on_runtime_upgrade();

        assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
    });
}

#[test]
fn a_new_chain_begins_at_version_1() {
    chain(|| assert_eq!(Stella::on_chain_storage_version(), Stella::in_code_storage_version()));
}
