//! What nobody may ever suffer, judged from events and from the ledger, whatever others do.

use super::{
    ledger::{Broken, Ledger},
    world::is_honest,
};
use crate::{mock::*, types::*, *};
use frame_support::traits::fungible::Inspect;
use sp_runtime::StateVersion;

/// A number that changes with anything in storage.
pub fn fingerprint() -> Vec<u8> {
    sp_io::storage::root(StateVersion::V1)
}

/// Judges an event that the ledger has booked.
pub fn judge(event: &Event<Test>, ledger: &Ledger, caller: Option<(AccountId, &'static str)>) -> Result<(), Broken> {
    match event {
        Event::Fault { deal, store, period, in_row, .. } => {
            let book = &ledger.deals[deal];
            broken_if(is_honest(*store), "a fault of an honest Store")?;
            broken_if(book.proven.contains(period), "a fault in a period that was proven and paid")?;
            let row = book.faults.iter().rev().zip((0..=*period).rev()).take_while(|(fault, at)| *fault == at).count();
            broken_if(row != *in_row as usize, "faults in a row are miscounted")
        },
        Event::ProofAccepted { deal, period, .. } => {
            let book = &ledger.deals[deal];
            broken_if(book.faults.contains(period), "payment for a period that was a fault")?;
            broken_if(book.proven.iter().filter(|proven| *proven == period).count() != 1, "a period paid twice")
        },
        Event::DealEnded { deal, store, outcome, .. } => {
            let book = &ledger.deals[deal];
            let over = book.proven.len() + book.faults.len();
            match outcome {
                DealState::Terminated => {
                    broken_if(is_honest(*store), "a deal of an honest Store terminated")?;
                    let last_three = book.faults.iter().rev().take(3).zip(book.faults.iter().rev().skip(1));
                    let in_row = last_three.clone().count() >= 2 && last_three.take(2).all(|(b, a)| a + 1 == *b);
                    broken_if(!in_row, "a deal terminated without three faults in a row")
                },
                DealState::Lapsed => {
                    broken_if(is_honest(*store), "a deal of an honest Store lapsed")?;
                    broken_if(book.activated_at.is_some(), "an active deal lapsed")
                },
                DealState::Completed => broken_if(over != book.periods as usize, "a deal completed before its time"),
                DealState::EndedEarly => {
                    broken_if(caller != Some((book.client, "end_deal")), "a deal ended early without its client")
                },
                DealState::Accepted | DealState::Active => Err("a deal ended alive".into()),
            }
        },
        _ => Ok(()),
    }
}

/// The chain's books against the ledger's.
pub fn compare_books(ledger: &Ledger, issuance: Balance) -> Result<(), Broken> {
    // Beside those who take part 23 accounts have money, and the pallet's account its existential deposit.
    let mut sum = EXISTENTIAL_DEPOSIT + 23 * WEALTH;
    for (account, purse) in &ledger.purses {
        let chain = super::ledger::Purse::on_chain(*account);
        if chain != *purse {
            return Err(format!("account {account} has {chain:?}, by the events {purse:?}"));
        }
        sum += Balances::total_balance(account) + purse.free_credits + purse.reserved_credits;
    }
    broken_if(Balances::total_issuance() != issuance, "money was made or lost")?;
    broken_if(sum != issuance, "accounts and credits are not all money")
}

/// The pallet's own invariants.
pub fn check_invariants() -> Result<(), Broken> {
    Stella::check_invariants().map_err(|broken| format!("{broken:?}"))
}

pub fn broken_if(wrong: bool, what: &str) -> Result<(), Broken> {
    if wrong {
        Err(what.into())
    } else {
        Ok(())
    }
}
