use crate::{mock::*, queries::*, types::*, *};
use frame_support::assert_ok;

#[test]
fn live_deals_of_a_store_come_in_pages_and_ended_ones_do_not() {
    chain(|| {
        let ids: Vec<u64> = (0..3).map(|_| accepted_deal_of_store()).collect();
        assert_ok!(Stella::end_deal(signed(CLIENT), ids[1]));

        let all = Stella::live_deals_of(&STORE, None, 10);
        let mut first = Stella::live_deals_of(&STORE, None, 1);
        let rest = Stella::live_deals_of(&STORE, Some(first[0].0), 10);

        let mut seen: Vec<u64> = all.iter().map(|(id, _)| *id).collect();
        seen.sort_unstable();
        assert_eq!(seen, [ids[0], ids[2]]);
        assert!(all.iter().all(|(id, listed)| *listed == deal(*id)));
        assert_eq!(first.len(), 1);
        first.extend(rest);
        assert_eq!(first, all, "the next page begins where the last one ended");
        assert!(Stella::live_deals_of(&STORE, None, 0).is_empty());
        assert!(Stella::live_deals_of(&OTHER, None, 10).is_empty());
    });
}

#[test]
fn a_challenge_names_the_seed_the_leaves_and_the_blocks_of_the_next_proof() {
    chain(|| {
        let id = active_deal();
        assert_eq!(Stella::challenge_of(id), None, "the window is not open");

        run_to(window_start(id));
        let challenge = Stella::challenge_of(id).expect("the window is open");

        let leaves = deal(id).piece.leaf_count();
        let indices: Vec<u64> = (0..5).map(|i| commp::challenged_leaf(&seed(id), id, i, leaves)).collect();
        assert_eq!((challenge.seed, challenge.indices), (seed(id), indices));
        assert_eq!((challenge.first, challenge.last), (window_start(id), deal(id).deadline - 1));

        run_to(challenge.last);
        assert_eq!(Stella::challenge_of(id), None, "the next block is too late");
        assert_ok!(prove(id));
        assert_eq!(Stella::challenge_of(id), None, "it is proven");
        assert_eq!(Stella::challenge_of(99), None);
    });
}

#[test]
fn a_quote_takes_the_cheapest_asks_that_cover_the_piece() {
    chain(|| {
        for (store, price) in [(STORE, PRICE), (OTHER, 3 * PRICE)] {
            open_store(store);
            assert_ok!(Stella::publish_ask(signed(store), Ask { price, ..ask() }));
        }
        let size = Tree::usual().piece().padded_size();

        let one = Stella::quote_of(size, 3, 1, Tier::Hot);
        assert_eq!((one.stores, one.per_period, one.total), (2, PERIOD_PRICE, 3 * PERIOD_PRICE));
        let two = Stella::quote_of(size, 3, 2, Tier::Hot);
        assert_eq!((two.stores, two.per_period, two.total), (2, 4 * PERIOD_PRICE, 12 * PERIOD_PRICE));
        let three = Stella::quote_of(size, 3, 3, Tier::Hot);
        assert_eq!((three.stores, three.per_period, three.total), (2, 0, 0), "too few Stores");
        assert_eq!(Stella::quote_of(size, 3, 1, Tier::Filecoin).stores, 0);
        assert_eq!(Stella::quote_of(0, 3, 1, Tier::Hot), Quote::default());
        assert_eq!(Stella::quote_of(size + 1, 3, 1, Tier::Hot), Quote::default(), "no padded size");

        assert_ok!(Stella::leave_role(signed(STORE), Role::Store));
        assert_eq!(Stella::quote_of(size, 3, 1, Tier::Hot).stores, 1, "who leaves takes no work");
    });
}

#[test]
fn the_state_of_the_epoch_says_what_the_calls_accept() {
    chain(|| {
        let at = |block| {
            run_to(block);
            Stella::epoch_status()
        };

        let flags = |it: &EpochStatus<u64>| (it.commit, it.reveal, it.question, it.attest);
        assert_eq!(flags(&at(5)), (false, false, false, false));
        let first_half = at(EPOCH);
        assert_eq!((first_half.epoch, first_half.offset, first_half.length), (1, 0, EPOCH));
        assert_eq!(first_half.info, Epochs::<Test>::get(1));
        assert_eq!(flags(&first_half), (true, false, false, false));
        assert_eq!(flags(&at(EPOCH + EPOCH / 2)), (false, true, true, false));
        assert_eq!(flags(&at(2 * EPOCH)), (true, false, true, false));
        assert_eq!(flags(&at(2 * EPOCH + EPOCH / 2)), (false, true, true, true));
    });
}

fn accepted_deal_of_store() -> u64 {
    if Roles::<Test>::get(Role::Store, STORE).is_none() {
        return accepted_deal();
    }
    let id = request(storage_request());
    let next = NextDeal::<Test>::get();
    assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
    next
}
