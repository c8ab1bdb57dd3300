//! A small chain in which every call can come to something; each run of a target begins with the same state.

use frame_support::storage::{with_transaction, TransactionOutcome};
use pallet_stella::{types::DealState, Call, Deals, Seeds};
use sp_runtime::{DispatchError, StateVersion};
use std::cell::RefCell;
use stella_template_runtime::{example::*, Runtime, UNIT};

/// Height of the piece in deal 0, which waits for its first proof.
pub const HEIGHT: u8 = 4;

thread_local! {
    static CHAIN: RefCell<sp_io::TestExternalities> = RefCell::new(busy_chain());
}

fn busy_chain() -> sp_io::TestExternalities {
    use pallet_stella::types::Role;
    let mut chain = chain();
    chain.execute_with(|| {
        open_store(&STORE, UNIT).expect("the Store is rich");
        for role in [Role::Fetch, Role::Inspector] {
            call(&INSPECTOR, Call::register_role { role, endpoint: url(), operator: None }).expect("it is rich");
        }
        call(&CLIENT, Call::top_up_credits { amount: 1_000 * UNIT }).expect("the client is rich");
        for request in 0..2 {
            let wanted = request_for_zeros(HEIGHT, 2, 3, UNIT);
            call(&CLIENT, Call::request_storage { request: wanted }).expect("the credits suffice");
            call(&STORE, Call::accept_deal { request, price: UNIT }).expect("the ask covers it");
        }
        begin(2);
    });
    chain
}

/// Seed of the challenge that deal 0 has to answer.
pub fn challenge() -> [u8; 32] {
    CHAIN.with(|chain| chain.borrow_mut().execute_with(|| Seeds::<Runtime>::get(2).expect("the block began")))
}

/// What a call came to.
pub struct Outcome {
    pub activated: bool,
}

/// Lets each of three accounts make the call; a refusal must leave everything as it was.
pub fn on_chain(wanted: Call<Runtime>) -> Outcome {
    let mut activated = false;
    for who in [STORE, CLIENT, INSPECTOR] {
        CHAIN.with(|chain| {
            chain.borrow_mut().execute_with(|| {
                let _ = with_transaction(|| {
                    let before = sp_io::storage::root(StateVersion::V1);
                    let refused = call(&who, wanted.clone()).is_err();
                    let changed = sp_io::storage::root(StateVersion::V1) != before;
                    assert!(!(refused && changed), "a refused call changed the state: {wanted:?}");
                    let deal = Deals::<Runtime>::get(0).expect("deals stay");
                    activated |= deal.state == DealState::Active;
                    TransactionOutcome::Rollback(Ok::<(), DispatchError>(()))
                });
            })
        });
    }
    Outcome { activated }
}
