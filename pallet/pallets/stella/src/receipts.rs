//! Receipts of inspections (IN-4). Pure functions; nodes compute the same (`docs/protocol/inspection.md`).

use crate::types::{ProofAnswer, Role};
use codec::Encode;
use sp_io::hashing::blake2_256;

/// Who inspected whom, and which item of its list.
pub struct Inspected<'a, AccountId> {
    /// The Inspector's account.
    pub inspector: &'a AccountId,
    /// Role of the subject.
    pub role: Role,
    /// Account of the subject.
    pub subject: &'a AccountId,
    /// Index in the subject's list of items.
    pub item: u8,
}

/// The leaf that the Inspector must ask for, in a piece with so many leaves, under the seed of the epoch: each
/// Inspector has one of its own, so that nobody can copy another's receipt.
pub fn leaf<AccountId: Encode>(seed: &[u8; 32], inspected: &Inspected<AccountId>, leaves: u64) -> u64 {
    let Inspected { inspector, role, subject, item } = inspected;
    let mut preimage = b"stella:receipt".to_vec();
    (seed, Role::Inspector, inspector, role, subject, item).encode_to(&mut preimage);
    let [a, b, c, d, e, f, g, h, ..] = blake2_256(&preimage);
    u64::from_le_bytes([a, b, c, d, e, f, g, h]) % leaves.max(1)
}

/// What a verdict `Ok` carries: the hash of the leaf and of its path bottom-up.
pub fn digest(proof: &ProofAnswer) -> [u8; 32] {
    let mut preimage = proof.leaf.to_vec();
    proof.path.iter().for_each(|node| preimage.extend_from_slice(node));
    blake2_256(&preimage)
}
