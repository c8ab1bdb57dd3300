//! A block needs a slot, and its time lies in that slot.

use super::*;
use sp_consensus_aura::AURA_ENGINE_ID;
use sp_runtime::{traits::Header as _, Digest, DigestItem};

fn digest(slot: Option<u64>) -> Digest {
    Digest { logs: slot.iter().map(|slot| DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())).collect() }
}

/// Opens a block for `slot` and sets its time.
fn begin(number: BlockNumber, slot: Option<u64>, millis: u64) {
    let header = Header::new(number, Hash::zero(), Hash::zero(), System::parent_hash(), digest(slot));
    Executive::initialize_block(&header);
    let set = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: millis });
    let applied = Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(set));
    assert_eq!(applied, Ok(Ok(())));
}

#[test]
fn block_with_slot_and_time_of_that_slot_is_made() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        let slot = 1_000_000;
        begin(2, Some(slot), slot * SLOT_DURATION);
        Executive::finalize_block();
        assert_eq!(u64::from(pallet_aura::CurrentSlot::<Runtime>::get()), slot);
        assert_eq!(Timestamp::get(), slot * SLOT_DURATION);
    });
}

#[test]
#[should_panic(expected = "Timestamp slot must match `CurrentSlot`")]
fn block_without_a_slot_is_no_block() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| begin(2, None, 1_000_000 * SLOT_DURATION));
}

#[test]
#[should_panic(expected = "Timestamp slot must match `CurrentSlot`")]
fn time_of_another_slot_is_refused() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| begin(2, Some(1_000_000), 1_000_001 * SLOT_DURATION));
}

#[test]
#[should_panic(expected = "Slot must increase")]
fn second_block_in_a_slot_is_refused() {
    chain(DEV_RUNTIME_PRESET).execute_with(|| {
        begin(2, Some(1_000_000), 1_000_000 * SLOT_DURATION);
        Executive::finalize_block();
        begin(3, Some(1_000_000), 1_000_000 * SLOT_DURATION + 1);
    });
}
