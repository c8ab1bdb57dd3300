use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};

fn archive(deal_id: u64) -> FilecoinDeal {
    FilecoinDeal { deal_id, provider: 1000, proposal: vec![1, 0x71, 0x12, 0x20].try_into().unwrap() }
}

/// A live deal of tier Filecoin.
fn filecoin_deal() -> u64 {
    register(Role::Store, STORE);
    assert_ok!(Stella::publish_ask(signed(STORE), Ask { tier: Tier::Filecoin, ..ask() }));
    let id = request(StorageRequest { tier: Tier::Filecoin, ..storage_request() });
    assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
    NextDeal::<Test>::get() - 1
}

#[test]
fn says_where_the_piece_is_archived() {
    chain(|| {
        let id = filecoin_deal();
        run_to(9);

        assert_ok!(Stella::record_archive(signed(STORE), id, archive(77)));

        let FilecoinDeal { deal_id, provider, proposal } = archive(77);
        let record = ArchiveRecord { deal_id, provider, proposal: proposal.clone(), recorded_at: 9 };
        assert_eq!(Archives::<Test>::get(id), Some(record));
        assert!(heard(Event::ArchiveRecorded { deal: id, deal_id, provider, proposal }));
    });
}

#[test]
fn a_later_record_replaces_the_first() {
    chain(|| {
        let id = filecoin_deal();
        assert_ok!(Stella::record_archive(signed(STORE), id, archive(77)));

        assert_ok!(Stella::record_archive(signed(STORE), id, archive(78)));

        assert_eq!(Archives::<Test>::get(id).unwrap().deal_id, 78);
    });
}

#[test]
fn the_record_stays_as_long_as_the_deal_can_be_read() {
    chain(|| {
        let id = filecoin_deal();
        assert_ok!(Stella::record_archive(signed(STORE), id, archive(77)));
        assert_ok!(Stella::end_deal(signed(CLIENT), id));
        run_to(RETENTION);
        assert!(Archives::<Test>::contains_key(id));

        run_to(1 + RETENTION);

        assert!(!Archives::<Test>::contains_key(id));
    });
}

#[test]
fn refuses_strangers_other_tiers_ended_deals_and_no_proposal() {
    chain(|| {
        let record = |store, id, archive| Stella::record_archive(signed(store), id, archive);
        assert_noop!(record(STORE, 5, archive(1)), Error::<Test>::NoSuchDeal);
        let id = filecoin_deal();
        assert_noop!(record(OTHER, id, archive(1)), Error::<Test>::NotTheStore);
        let empty = FilecoinDeal { proposal: Default::default(), ..archive(1) };
        assert_noop!(record(STORE, id, empty), Error::<Test>::BadContent);
        assert_ok!(Stella::end_deal(signed(CLIENT), id));
        assert_noop!(record(STORE, id, archive(1)), Error::<Test>::DealOver);

        open_store(OTHER);
        let hot = request(storage_request());
        assert_ok!(Stella::accept_deal(signed(OTHER), hot, PRICE));
        assert_noop!(record(OTHER, 1, archive(1)), Error::<Test>::NotFilecoinTier);
    });
}
