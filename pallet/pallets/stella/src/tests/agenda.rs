//! Deadlines under load: full slots, little weight, late blocks; and pruning.

use crate::{agenda::Probes, mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};

/// One slot's overhead and so many items.
fn weight_of(items: u64) -> Weight {
    type Weights = weights::SubstrateWeight<Test>;
    Weights::agenda_slot(SLOT_PLACES).saturating_add(Weights::agenda_item().saturating_mul(items))
}

/// Places of a slot that requests can take.
const PLACES: u64 = SLOT_PLACES as u64 / 2;

fn requests(count: u64) {
    for _ in 0..count {
        request(StorageRequest { price_max: 1, ..storage_request() });
    }
}

fn expired() -> usize {
    Requests::<Test>::iter_values().filter(|request| request.state == RequestState::Expired).count()
}

#[test]
fn the_constants_of_the_mock_are_sound() {
    chain(Stella::check_constants);
}

#[test]
fn what_does_not_fit_a_slot_goes_to_the_next() {
    chain(|| {
        requests(PLACES + 3);

        assert_eq!(Stella::slot_len(1 + TTL), PLACES as usize);
        assert_eq!(Stella::slot_len(2 + TTL), 3);
        assert_eq!(Requests::<Test>::get(PLACES).unwrap().expires_at, 2 + TTL);
    });
}

#[test]
fn the_fullest_slot_fits_one_block() {
    chain(|| {
        requests(PLACES);
        let mut probes = Probes::of_call();
        while Stella::slot_len(1 + TTL) < SLOT_PLACES as usize {
            Stella::schedule(AgendaItem::Question(u64::MAX), 1 + TTL, &mut probes).unwrap();
            probes = Probes::of_call();
        }
        HookWeight::set(weight_of(SLOT_PLACES.into()));

        run_to(1 + TTL);

        assert_eq!(expired(), PLACES as usize);
        assert_eq!(AgendaCursor::<Test>::get(), Some(2 + TTL));
    });
}

#[test]
fn cheap_deadlines_leave_places_for_dear_ones() {
    chain(|| {
        requests(PLACES);
        let wanted = 1 + TTL;
        let place = |item| Stella::schedule(item, wanted, &mut Probes::of_call()).unwrap();

        assert_eq!(place(AgendaItem::RequestExpiry(u64::MAX)), wanted + 1);
        for _ in PLACES..3 * u64::from(SLOT_PLACES) / 4 {
            assert_eq!(place(AgendaItem::Deal(u64::MAX)), wanted);
        }
        assert_eq!(place(AgendaItem::Deal(u64::MAX)), wanted + 1);
        assert_eq!(place(AgendaItem::Appeal(Role::Store, STORE)), wanted + 1);
        assert_eq!(place(AgendaItem::Question(u64::MAX)), wanted);
    });
}

#[test]
fn what_does_not_fit_the_weight_is_carried_over_in_order() {
    chain(|| {
        requests(7);
        HookWeight::set(weight_of(3));

        run_to(1 + TTL);
        assert_eq!(expired(), 3);
        assert_consistent();
        run_to(2 + TTL);
        assert_eq!(expired(), 6);
        run_to(3 + TTL);

        assert_eq!(expired(), 7);
        assert_eq!(Requests::<Test>::get(6).unwrap().state, RequestState::Expired);
    });
}

#[test]
fn the_hook_never_weighs_more_than_its_share() {
    chain(|| {
        requests(PLACES);
        HookWeight::set(weight_of(5));

        run_to(TTL);
        System::set_block_number(1 + TTL);
        let weight = Stella::on_initialize(1 + TTL);

        let limit = weight_of(5).saturating_add(weights::SubstrateWeight::<Test>::tick());
        assert!(weight.all_lte(limit), "{weight} against {limit}");
    });
}

#[test]
fn refuses_new_deadlines_when_every_slot_in_reach_is_full() {
    chain(|| {
        let mut probes = Probes::of_call();
        for slot in 0..u64::from(crate::agenda::PROBES_MAX) {
            let stale = vec![AgendaItem::Deal(u64::MAX); SLOT_PLACES as usize];
            Agenda::<Test>::insert(1 + TTL + slot, frame_support::BoundedVec::truncate_from(stale));
        }
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 1_000_000));

        assert_noop!(Stella::request_storage(signed(CLIENT), storage_request()), Error::<Test>::AgendaFull);
        assert!(Stella::schedule(AgendaItem::Deal(0), TTL, &mut probes).is_ok());
    });
}

#[test]
fn the_chain_itself_looks_further_for_a_free_slot() {
    chain(|| {
        let id = active_deal();
        let end = deal(id).deadline;
        let reach = u64::from(crate::agenda::PROBES_MAX) + 5;
        for slot in 0..reach {
            let stale = vec![AgendaItem::Deal(u64::MAX); SLOT_PLACES as usize];
            Agenda::<Test>::insert(end + PERIOD + slot, frame_support::BoundedVec::truncate_from(stale));
        }

        run_to(end);

        assert_eq!((deal(id).period, deal(id).deadline), (1, end + PERIOD + reach));
    });
}

#[test]
fn a_late_agenda_does_not_shut_a_store_out_of_its_window() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        assert_ok!(prove(id));
        HookWeight::set(Weight::zero());
        run_to(deal(id).deadline + PERIOD - WINDOW);
        assert_eq!(deal(id).period, 0, "the agenda stands still");
        let seed = Seeds::<Test>::get(System::block_number()).unwrap();

        assert_ok!(Stella::submit_proof(signed(STORE), id, Tree::usual().proof(seed, id)));

        assert_eq!((deal(id).period, deal(id).paid_periods, deal(id).faults), (1, 2, 0));
        HookWeight::set(weight_of(20));
        run_to(System::block_number() + 1);
        assert_eq!(deal(id).period, 1, "the old item of the agenda is passed over");
    });
}

/// Slots full of leftovers, as somebody could make them who wants to keep Stores from their deadlines.
fn fill(first: u64, slots: u64) {
    for slot in first..first + slots {
        Agenda::<Test>::mutate(slot, |items| while items.try_push(AgendaItem::Deal(u64::MAX)).is_ok() {});
    }
}

#[test]
fn a_full_agenda_does_not_keep_a_store_from_its_first_proof() {
    chain(|| {
        let id = accepted_deal();
        run_to(2);
        fill(2 + PERIOD, u64::from(crate::agenda::PROBES_MAX));

        assert_ok!(prove(id));

        assert_eq!((deal(id).state, deal(id).deadline), (DealState::Active, 1 + ACTIVATION), "it keeps its old slot");
        assert_consistent();
        run_to(window_start(id));
        assert_ok!(prove(id));
        run_to(1 + ACTIVATION);
        assert_eq!((deal(id).period, deal(id).faults), (1, 0));
        assert_eq!(deal(id).deadline, 2 + PERIOD + u64::from(crate::agenda::PROBES_MAX), "the first slot with room");
    });
}

#[test]
fn a_full_agenda_does_not_save_a_store_from_its_false_proof() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let end = deal(id).deadline;
        fill(end + PERIOD, u64::from(crate::agenda::PROBES_MAX));

        assert_ok!(prove_falsely(id));

        assert_eq!((deal(id).period, deal(id).faults, deal(id).deadline), (1, 1, end));
        run_to(end);
        assert_eq!((deal(id).period, deal(id).faults), (1, 1), "its old slot moves it on and does not judge it");
        assert_eq!(deal(id).deadline, end + PERIOD + u64::from(crate::agenda::PROBES_MAX));
    });
}

#[test]
fn an_agenda_that_is_late_by_whole_periods_counts_each_of_them_once() {
    chain(|| {
        open_store(STORE);
        let id = request(StorageRequest { periods: 9, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        run_to(2);
        assert_ok!(prove(0));
        HookWeight::set(Weight::zero());
        let window = Stella::end_of(&deal(0), 3) - WINDOW;
        run_to(window);
        let seed = Seeds::<Test>::get(window).unwrap();

        assert_ok!(Stella::submit_proof(signed(STORE), 0, Tree::usual().proof(seed, 0)));

        assert_eq!((deal(0).period, deal(0).faults, deal(0).paid_periods), (2, 2, 1));
        assert_eq!((deal(0).faults_in_row, deal(0).deadline), (0, window + WINDOW));
    });
}

#[test]
fn seeds_are_kept_as_long_as_a_challenge_may_name_them() {
    chain(|| {
        run_to(200);

        assert!(Seeds::<Test>::contains_key(200));
        assert!(Seeds::<Test>::contains_key(200 - ACTIVATION));
        assert_eq!(Seeds::<Test>::iter().count() as u64, ACTIVATION + 2);
    });
}

#[test]
fn epochs_start_in_their_first_block_and_eight_are_kept() {
    chain(|| {
        assert_eq!(Epochs::<Test>::get(0).unwrap().first_block, 1);
        run_to(EPOCH - 1);
        assert_eq!(CurrentEpoch::<Test>::get(), 0);

        run_to(EPOCH);

        let seed = Seeds::<Test>::get(EPOCH).unwrap();
        assert_eq!(Epochs::<Test>::get(1), Some(EpochInfo { seed, first_block: EPOCH }));
        assert!(heard(Event::EpochStarted { epoch: 1, seed }));
        run_to(20 * EPOCH);
        assert_eq!(Epochs::<Test>::iter().count(), 8);
    });
}

#[test]
fn evidence_older_than_four_epochs_is_pruned() {
    chain(|| {
        for account in 1..=30 {
            HardRecords::<Test>::insert(0, account, HardEvidence::Ok);
            HardRecords::<Test>::insert(1, account, HardEvidence::Ok);
        }
        Commits::<Test>::insert(0, STORE, [1; 32]);
        Attestations::<Test>::insert(0, STORE, [1; 32]);
        run_to(5 * EPOCH - 1);
        assert_eq!(HardRecords::<Test>::iter_prefix(0).count(), 30);

        run_to(5 * EPOCH);

        assert_eq!(HardRecords::<Test>::iter_prefix(0).count(), 0);
        assert_eq!(HardRecords::<Test>::iter_prefix(1).count(), 30);
        assert!(!Commits::<Test>::contains_key(0, STORE));
        assert!(!Attestations::<Test>::contains_key(0, STORE));
    });
}

#[test]
fn pruning_stops_at_the_weight_and_goes_on_later() {
    chain(|| {
        (1..=30).for_each(|account| HardRecords::<Test>::insert(0, account, HardEvidence::Ok));
        run_to(5 * EPOCH - 1);
        let item = weights::SubstrateWeight::<Test>::prune_item();
        HookWeight::set(weight_of(0).saturating_add(item.saturating_mul(12)));

        run_to(5 * EPOCH);
        let left = HardRecords::<Test>::iter_prefix(0).count();
        assert!((1..30).contains(&left), "{left}");
        run_to(5 * EPOCH + 10);

        assert_eq!(HardRecords::<Test>::iter_prefix(0).count(), 0);
    });
}
