//! The example of `pallet/README.md`, played and reckoned.

use crate::{example::*, stella::*, *};
use frame_support::traits::{fungible::Inspect, Get};
use pallet_stella::{types::*, Call, Config};

const README: &str = include_str!("../../README.md");

/// A number of planck in units, as the README writes it.
fn units(planck: i128) -> String {
    let unit = UNIT as i128;
    let text = format!("{}.{:06}", planck.abs() / unit, planck.abs() % unit / (unit / 1_000_000));
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{}{text}", if planck < 0 { "-" } else { "" })
}

fn assert_told(line: &str) {
    assert!(README.contains(line), "pallet/README.md does not say: {line}");
}

fn gained(account: &AccountId) -> i128 {
    let credits = pallet_stella::Credits::<Runtime>::get(account);
    (Balances::total_balance(account) + credits.free + credits.reserved) as i128 - WEALTH as i128
}

/// Goes on to a block. Only some blocks begin, so that a day does not take minutes: nothing here depends on the others.
fn pass_to(block: BlockNumber) {
    let now = System::block_number();
    (now + 1..block).step_by(1_000).for_each(begin);
    begin(block);
}

/// Ends period after period; in those that `proves` names the Store proves.
fn play(deal: u64, height: u8, proves: impl Fn(u32) -> bool) {
    let get = || pallet_stella::Deals::<Runtime>::get(deal).expect("the deal stays");
    while get().state.is_live() {
        let end = get().deadline;
        let window: BlockNumber = <Runtime as Config>::ProvingWindow::get();
        let opens = end - window;
        pass_to(opens);
        if proves(get().period) {
            let seed = pallet_stella::Seeds::<Runtime>::get(opens).expect("the block began");
            call(&STORE, Call::submit_proof { deal, proof: proof_of_zeros(height, seed) }).expect("the proof is true");
        }
        pass_to(end);
    }
}

/// 32 GiB for seven days at one replica.
const HEIGHT: u8 = 30;
const PERIODS: u32 = 7;

fn deal_of_the_example() -> u64 {
    open_store(&STORE, EXAMPLE_PRICE).expect("the Store is rich");
    call(&CLIENT, Call::top_up_credits { amount: UNIT }).expect("the client is rich");
    let request = request_for_zeros(HEIGHT, 1, PERIODS, EXAMPLE_PRICE);
    call(&CLIENT, Call::request_storage { request }).expect("the credits suffice");
    call(&STORE, Call::accept_deal { request: 0, price: EXAMPLE_PRICE }).expect("the ask covers it");
    begin(2);
    let seed = pallet_stella::Seeds::<Runtime>::get(2).expect("the block began");
    call(&STORE, Call::submit_proof { deal: 0, proof: proof_of_zeros(HEIGHT, seed) }).expect("the proof is true");
    0
}

#[test]
fn the_constants_agree_with_each_other() {
    use frame_support::traits::Hooks;
    Stella::integrity_test();
}

#[test]
fn a_kept_deal_pays_what_the_readme_says() {
    chain().execute_with(|| {
        let deal = deal_of_the_example();
        let book = pallet_stella::Deals::<Runtime>::get(deal).expect("the deal is new");
        assert_told(&format!("| price of a day | {} |", units(book.price as i128)));
        assert_told(&format!(
            "| set aside by the client, and collateral of the Store | {} |",
            units(book.reserved as i128)
        ));
        assert_eq!(book.collateral, book.reserved);

        play(deal, HEIGHT, |_| true);

        assert_told(&format!("| proves all seven days | {} | {} |", units(gained(&STORE)), units(gained(&CLIENT))));
    });
}

#[test]
fn a_missed_day_costs_what_the_readme_says() {
    chain().execute_with(|| {
        let deal = deal_of_the_example();

        play(deal, HEIGHT, |period| period != 3);

        assert_told(&format!("| misses one day | {} | {} |", units(gained(&STORE)), units(gained(&CLIENT))));
    });
}

#[test]
fn three_missed_days_in_a_row_cost_what_the_readme_says() {
    chain().execute_with(|| {
        let deal = deal_of_the_example();

        play(deal, HEIGHT, |period| period < 2);

        let state = pallet_stella::Deals::<Runtime>::get(deal).map(|deal| deal.state);
        assert_eq!(state, Some(DealState::Terminated));
        let line = format!(
            "| proves two days, then loses the data | {} | {} |",
            units(gained(&STORE)),
            units(gained(&CLIENT))
        );
        assert_told(&line);
    });
}
