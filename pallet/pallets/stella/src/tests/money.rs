//! No planck is made or lost.

use super::scene::*;
use crate::{mock::*, types::*, *};
use frame_support::{assert_ok, traits::fungible::Inspect};

/// All money of all accounts: free, held, and behind credits.
fn money() -> Balance {
    frame_system::Account::<Test>::iter_values().map(|account| account.data.free + account.data.reserved).sum()
}

#[test]
fn the_whole_life_of_deals_keeps_every_planck() {
    chain(|| {
        let all = money();
        assert_eq!(all, Balances::total_issuance());
        let kept = |step: &str| {
            assert_eq!(money(), all, "after {step}");
            assert_eq!(Balances::total_issuance(), all, "after {step}");
            assert_consistent();
        };

        open_store(STORE);
        open_store(OTHER);
        kept("bonds");
        let id = request(StorageRequest { replicas: 3, periods: 8, price_max: PRICE + 77, ..storage_request() });
        kept("the request");
        assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE / 3));
        assert_ok!(Stella::accept_deal(signed(OTHER), id, PRICE));
        kept("acceptance");
        run_to(2);
        assert_ok!(prove(0));
        assert_ok!(prove_falsely(1));
        kept("the first proofs, one of them false");
        while deal(0).state.is_live() {
            run_to(window_start(0));
            let end = deal(0).deadline;
            match deal(0).period {
                2 | 5 => (),
                3 => prove_falsely(0).expect("the window is open"),
                _ => prove(0).expect("the window is open"),
            }
            kept("a window");
            run_to(end);
            kept("the end of a period");
        }
        assert_eq!((deal(0).state, deal(0).faults, deal(0).paid_periods), (DealState::Completed, 3, 5));
        let (free, reserved) = credits(CLIENT);
        assert_eq!(reserved, 0, "the request has expired meanwhile");
        assert_ok!(Stella::withdraw_credits(signed(CLIENT), free));
        kept("the end");

        let gained = |account| Balances::total_balance(&account) as i128 - WEALTH as i128;
        assert_eq!(gained(STORE) + gained(OTHER) + gained(CLIENT), 0);
    });
}

#[test]
fn doubts_appeals_renewals_and_early_ends_keep_every_planck() {
    chain(|| {
        let all = money();
        let kept = |step: &str| {
            assert_eq!((money(), Balances::total_issuance()), (all, all), "after {step}");
            assert_consistent();
        };

        assert_ok!(Stella::top_up_with_asset(signed(CLIENT), FIL, 7_777, 1));
        kept("credits for assets");
        ANCHORS.iter().for_each(|anchor| register(Role::Inspector, *anchor));
        let id = active_deal();
        assert_ok!(Stella::renew_deal(signed(CLIENT), id, 4));
        kept("a renewal");
        revealed(vec![honest(Role::Store, STORE, 0), forged(Role::Store, STORE, 1)]);
        assert_ok!(doubt(Role::Store, STORE, 0));
        assert_ok!(doubt(Role::Store, STORE, 1));
        kept("two doubts");
        assert_ok!(Stella::answer_question(signed(INSPECTOR), 0, receipt(id, Role::Store, STORE, 0)));
        kept("an answer");
        run_to(REVEAL + ANSWER);
        kept("a forgery");
        run_to(ATTESTATION);
        adopt(0, Role::Store, STORE, Standing::Suspended);
        assert_ok!(Stella::appeal(signed(STORE), Role::Store));
        kept("an appeal");
        assert_ok!(Stella::end_deal(signed(CLIENT), id));
        kept("an early end");
        run_to(ATTESTATION + EPOCH * u64::from(APPEAL_PERIODS));
        kept("a lost appeal");
        assert!(Deals::<Test>::contains_key(id));
        run_to(ATTESTATION + RETENTION);
        kept("the end is forgotten");
        assert!(!Deals::<Test>::contains_key(id));
    });
}
