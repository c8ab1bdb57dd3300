//! A chain that is filled with deals by calls.

use crate::{timed, HEIGHT};
use frame_support::traits::{fungible::Mutate, Get, Hooks};
use pallet_stella::{types::*, Call, Config, Deals, NextDeal, Seeds};
use std::time::Duration;
use stella_template_runtime::{example::*, AccountId, Balances, BlockNumber, Runtime, Stella, System, UNIT};

/// Deals accepted, and a block later proven, in each block; so many periods end in a block later. With what is left of
/// earlier deadlines that is nearly what a slot of the agenda holds, and a million deals come in one period.
pub const PER_BLOCK: u64 = REPLICAS * 5;
const REPLICAS: u64 = 14;
const PRICE: u128 = UNIT / 1_000_000;
/// Blocks with deadlines that are measured, half of them proven.
const MEASURED: BlockNumber = 10;
/// Deals between two commits of changes to the trie.
const BATCH: u64 = 20_000;

pub struct Crowd {
    chain: sp_io::TestExternalities,
    block: BlockNumber,
    /// Blocks in which nothing is due.
    pub idle: Vec<Duration>,
    /// Calls of accept_deal in the last blocks.
    pub accepts: Vec<Duration>,
}

fn store(number: u64) -> AccountId {
    AccountId::new([100 + number as u8; 32])
}

impl Crowd {
    pub fn of(deals: u64) -> Self {
        let mut chain = chain();
        chain.execute_with(|| {
            for store in (0..REPLICAS).map(store) {
                Balances::mint_into(&store, WEALTH).expect("the issuance is far from its bound");
                open_store(&store, PRICE).expect("the Store is rich");
            }
            call(&CLIENT, Call::top_up_credits { amount: WEALTH / 2 }).expect("the client is rich");
        });
        let mut crowd = Self { chain, block: 1, idle: vec![], accepts: vec![] };
        while crowd.count() < deals {
            for _ in 0..BATCH / PER_BLOCK {
                if crowd.count() < deals {
                    crowd.block_of_deals();
                }
            }
            crowd.commit();
        }
        crowd
    }

    fn count(&mut self) -> u64 {
        self.chain.execute_with(NextDeal::<Runtime>::get)
    }

    fn commit(&mut self) {
        self.chain.commit_all().expect("no transaction is open");
    }

    fn begin(&mut self) -> Duration {
        self.block += 1;
        let block = self.block;
        self.chain.execute_with(|| {
            System::set_block_number(block);
            System::reset_events();
            timed(|| {
                let _ = Stella::on_initialize(block);
            })
        })
    }

    /// New deals in this block, and their first proofs in the next.
    fn block_of_deals(&mut self) {
        let accepts = self.chain.execute_with(|| {
            let mut times = vec![];
            for _ in 0..PER_BLOCK / REPLICAS {
                let request = request_for_zeros(HEIGHT, REPLICAS as u8, 3_650, PRICE);
                call(&CLIENT, Call::request_storage { request }).expect("the credits suffice");
                let request = pallet_stella::NextRequest::<Runtime>::get() - 1;
                for store in (0..REPLICAS).map(store) {
                    let accept = Call::accept_deal { request, price: PRICE };
                    times.push(timed(|| call(&store, accept).expect("the ask covers it")));
                }
            }
            times
        });
        self.accepts = accepts;
        let first = self.count() - PER_BLOCK;
        let time = self.begin();
        self.idle.push(time);
        let block = self.block;
        self.chain.execute_with(|| {
            for deal in first..first + PER_BLOCK {
                prove(deal, block);
            }
        });
    }

    /// Goes on to the first ends of periods. Times of the proofs, and of the blocks that settle proven and missed ones.
    pub fn first_periods(&mut self) -> (Vec<Duration>, Vec<Duration>, Vec<Duration>) {
        let (mut proofs, mut proven, mut missed) = (vec![], vec![], vec![]);
        let first_end = self.chain.execute_with(|| Deals::<Runtime>::get(0).expect("deals stay").deadline);
        let window: BlockNumber = <Runtime as Config>::ProvingWindow::get();
        while self.block < first_end - window + MEASURED {
            self.begin();
        }
        self.commit();
        for slot in 0..MEASURED / 2 {
            let deals = u64::from(slot) * PER_BLOCK..u64::from(slot + 1) * PER_BLOCK;
            let seed_block = first_end - window + slot;
            proofs.extend(self.chain.execute_with(|| deals.map(|deal| prove(deal, seed_block)).collect::<Vec<_>>()));
        }
        while self.block + 1 < first_end {
            self.begin();
        }
        self.commit();
        for slot in 0..MEASURED {
            let time = self.begin();
            if slot < MEASURED / 2 { &mut proven } else { &mut missed }.push(time);
        }
        self.chain.execute_with(|| {
            let state = |deal| Deals::<Runtime>::get(deal).map(|deal| (deal.paid_periods, deal.faults));
            assert_eq!(state(0), Some((1, 0)), "the first deal is proven");
            assert_eq!(state(u64::from(MEASURED) * PER_BLOCK - 1), Some((0, 1)), "the last one is not");
        });
        (proofs, proven, missed)
    }
}

/// Proves a deal; the time is that of the call.
fn prove(deal: u64, seed_block: BlockNumber) -> Duration {
    let seed = Seeds::<Runtime>::get(seed_block).expect("the block began");
    let store = Deals::<Runtime>::get(deal).expect("deals stay").store;
    let proof = proof_of_zeros(HEIGHT, seed);
    let submit = Call::submit_proof { deal, proof };
    timed(|| call(&store, submit).expect("the proof is true"))
}
