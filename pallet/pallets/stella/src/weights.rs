//! Weights, estimated by hand until they are benchmarked: every storage access is counted at its worst, computation
//! is rounded up. A wrong guess must err to the heavy side.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Picoseconds of decoding, checking and encoding that every call has.
const BASE: u64 = 30_000_000;
/// Picoseconds of one SHA-256 of two nodes, host call included.
const HASH: u64 = 2_000_000;
/// Picoseconds per byte that is hashed and decoded.
const BYTE: u64 = 5_000;
/// Bytes that one storage item adds to a proof of validity: trie nodes and a usual value.
const ITEM_PROOF: u64 = 2_500;

/// What the calls and the hook weigh at most.
pub trait WeightInfo {
    fn register_role() -> Weight;
    fn update_endpoint() -> Weight;
    fn leave_role() -> Weight;
    fn withdraw_bond() -> Weight;
    fn top_up_credits() -> Weight;
    fn withdraw_credits() -> Weight;
    /// Without the exchange itself, which `Swap` weighs.
    fn top_up_with_asset() -> Weight;
    fn publish_ask() -> Weight;
    fn withdraw_ask() -> Weight;
    fn request_storage() -> Weight;
    fn cancel_request() -> Weight;
    fn accept_deal() -> Weight;
    /// `hashes`: tree nodes to compute, challenges x height.
    fn submit_proof(hashes: u32) -> Weight;
    /// `hashes`: tree nodes to compute.
    fn submit_multi_proof(hashes: u32) -> Weight;
    /// What is left of either for a proof that is paid: the usual case.
    fn paid_proof(hashes: u32) -> Weight;
    fn renew_deal() -> Weight;
    fn end_deal() -> Weight;
    fn commit_verdicts() -> Weight;
    fn reveal_verdicts(verdicts: u32) -> Weight;
    fn attest_reputation(inspectors: u32, changes: u32) -> Weight;
    fn record_archive() -> Weight;
    fn set_anchors(anchors: u32) -> Weight;
    fn disqualify() -> Weight;
    fn appeal() -> Weight;
    /// `verdicts`: those of the Inspector for the epoch.
    fn question_verdict(verdicts: u32) -> Weight;
    /// `hashes`: length of the path.
    fn answer_question(hashes: u32) -> Weight;
    fn confirm_operator() -> Weight;
    /// What `on_initialize` does in every block: seed and epoch.
    fn tick() -> Weight;
    /// Opening, reading and putting back a slot of so many items.
    fn agenda_slot(items: u32) -> Weight;
    /// The heaviest item of the agenda: a deal that ends by faults and reopens its replica. Covers four slots looked at.
    fn agenda_item() -> Weight;
    /// Looking at one more slot for a free place.
    fn agenda_probe() -> Weight;
    /// Removing one piece of old evidence.
    fn prune_item() -> Weight;
    /// Forgetting one ended deal.
    fn forget_item() -> Weight;
    /// `on_runtime_upgrade`.
    fn endow_pallet_account() -> Weight;
}

/// Weights of a runtime with its own costs of storage access.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> SubstrateWeight<T> {
    fn of(compute: u64, reads: u64, writes: u64) -> Weight {
        Weight::from_parts(BASE.saturating_add(compute), ITEM_PROOF.saturating_mul(reads.saturating_add(1)))
            .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
    }
}

// Reads and writes of money: an account and its holds are two items, as are the pallet account and the credits.
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn register_role() -> Weight {
        // role, reputation, anchors, count, account, holds, claim
        Self::of(0, 7, 6)
    }
    fn update_endpoint() -> Weight {
        Self::of(0, 1, 1)
    }
    fn leave_role() -> Weight {
        // role, ask
        Self::of(0, 2, 2)
    }
    fn withdraw_bond() -> Weight {
        // role, reputation, count, account, holds, claim, appeal, treasury
        Self::of(0, 8, 8)
    }
    fn top_up_credits() -> Weight {
        // account, pallet account, credits
        Self::of(0, 3, 3)
    }
    fn withdraw_credits() -> Weight {
        Self::of(0, 3, 3)
    }
    fn top_up_with_asset() -> Weight {
        // pallet account, credits
        Self::of(0, 2, 2)
    }
    fn publish_ask() -> Weight {
        // role, ask
        Self::of(0, 2, 1)
    }
    fn withdraw_ask() -> Weight {
        Self::of(0, 1, 1)
    }
    fn request_storage() -> Weight {
        // credits, next id, request, and up to PROBES_MAX slots of the agenda
        Self::of(0, 3 + PROBES, 4)
    }
    fn cancel_request() -> Weight {
        // request, credits, the queue of what is over
        Self::of(0, 3, 4)
    }
    fn accept_deal() -> Weight {
        // request, role, reputation, ask, two replicas, credits, next id, account, holds, deal, live deal, slots
        Self::of(0, 12 + PROBES, 11)
    }
    fn submit_proof(hashes: u32) -> Weight {
        // A false proof is the worse case: it settles like an item of the agenda, after a longer search. Three reads
        // more: seed, epoch, the deal again.
        Self::of(HASH.saturating_mul(hashes.into()), 3 + PROBES, 1).saturating_add(Self::agenda_item())
    }
    fn submit_multi_proof(hashes: u32) -> Weight {
        Self::submit_proof(hashes)
    }
    fn paid_proof(hashes: u32) -> Weight {
        // deal, seed, credits, pallet account, account, epoch, record
        Self::of(HASH.saturating_mul(hashes.into()), 7, 5)
    }
    fn renew_deal() -> Weight {
        // deal, role, reputation, ask, credits, account, holds
        Self::of(0, 7, 4)
    }
    fn end_deal() -> Weight {
        // deal, credits, pallet account, account, holds, role, live deal, replica, request, the queue of what is over
        Self::of(0, 10, 12)
    }
    fn commit_verdicts() -> Weight {
        // epoch, role, reputation, commit
        Self::of(0, 4, 1)
    }
    fn reveal_verdicts(verdicts: u32) -> Weight {
        // epoch, role, reputation, commit, reveal; a verdict has at most 67 bytes
        Self::of(BYTE.saturating_mul(67).saturating_mul(verdicts.into()), 5, 1)
            .saturating_add(Weight::from_parts(0, 67).saturating_mul(verdicts.into()))
    }
    fn attest_reputation(inspectors: u32, changes: u32) -> Weight {
        // epoch, adopted, attestation, carried; per inspector role, reputation, attestation and the step of the
        // iteration; per change role and reputation, and an appeal that is won: its fee, an account
        let (inspectors, changes) = (u64::from(inspectors), u64::from(changes));
        let compute = BYTE.saturating_mul(46).saturating_mul(changes);
        Self::of(compute, 6 + 4 * inspectors + 5 * changes, 3 + 4 * changes)
    }
    fn record_archive() -> Weight {
        // deal, archive
        Self::of(0, 2, 1)
    }
    fn set_anchors(anchors: u32) -> Weight {
        // per anchor role and reputation, and an appeal that is won: its fee, an account
        Self::of(0, 1 + 5 * u64::from(anchors), 1 + 4 * u64::from(anchors))
    }
    fn disqualify() -> Weight {
        // role, reputation, epoch, ask
        Self::of(0, 4, 3)
    }
    fn appeal() -> Weight {
        // role, reputation, appeal, account, holds, epoch, slots
        Self::of(0, 6 + PROBES, 4)
    }
    fn question_verdict(verdicts: u32) -> Weight {
        // epoch, reveal, question of the verdict, account, holds, next id, slots
        Self::of(BYTE.saturating_mul(67).saturating_mul(verdicts.into()), 6 + PROBES, 6)
            .saturating_add(Weight::from_parts(0, 67).saturating_mul(verdicts.into()))
    }
    fn answer_question(hashes: u32) -> Weight {
        // question, deal, epoch, two accounts, holds, credits
        Self::of(HASH.saturating_mul(hashes.into()).saturating_mul(2), 7, 6)
    }
    fn confirm_operator() -> Weight {
        // claim, role
        Self::of(0, 2, 2)
    }
    fn tick() -> Weight {
        // randomness, epoch, its entry, cursors, the queue of what is over; two seeds, epoch, its entry and an old one,
        // cursors, the queue
        Self::of(0, 6, 8)
    }
    fn agenda_slot(items: u32) -> Weight {
        // an item has at most 34 bytes
        Self::of(BYTE.saturating_mul(34).saturating_mul(items.into()), 2, 2)
    }
    fn agenda_item() -> Weight {
        // deal, request, credits, role, live deal, replica, record, epoch, account, holds, pallet account, the queue of
        // what is over, slots
        Self::of(0, 12 + u64::from(crate::agenda::PROBES_OF_ITEM), 14)
    }
    fn agenda_probe() -> Weight {
        T::DbWeight::get().reads(1).saturating_add(Weight::from_parts(1_000_000, ITEM_PROOF))
    }
    fn prune_item() -> Weight {
        // the step of the iteration, the item
        Self::of(0, 2, 1)
    }
    fn forget_item() -> Weight {
        // its place in the queue; the deal and its archive
        Self::of(0, 1, 3)
    }
    fn endow_pallet_account() -> Weight {
        Self::of(0, 1, 1)
    }
}

/// Slots of the agenda that are looked at for a free place.
const PROBES: u64 = crate::agenda::PROBES_MAX as u64;
