//! The tree of a piece (CT-2) and challenges to it (PP-1 to PP-3). Pure functions over host hashing, without storage.
//!
//! Nodes are SHA-256 of two children with the two highest bits of the last byte cleared, as in Filecoin, so that every
//! node is an element of its field.

use crate::types::{Piece, ProofAnswer};
use alloc::vec::Vec;
use sp_core::U256;
use sp_io::hashing::{keccak_256, sha2_256};

impl Piece {
    /// Lowest tree: the 127 bytes that Fr32 expands to 128.
    pub const HEIGHT_MIN: u8 = 2;
    /// Highest tree: 32 PiB.
    pub const HEIGHT_MAX: u8 = 50;

    /// Whether height and padding can belong to a piece that holds at least one byte; without any there is nothing to
    /// prove.
    pub fn is_valid(&self) -> bool {
        (Self::HEIGHT_MIN..=Self::HEIGHT_MAX).contains(&self.height) && self.padding < self.raw_capacity()
    }

    /// Bytes of the tree's leaves, for a valid height.
    pub fn padded_size(&self) -> u64 {
        32 << self.height
    }

    /// Raw bytes that fill the tree, for a valid height.
    pub fn raw_capacity(&self) -> u64 {
        self.padded_size() / 128 * 127
    }

    /// Leaves that hold any data (PP-1), for a valid piece at least one.
    pub fn leaf_count(&self) -> u64 {
        let padded_padding = u128::from(self.padding) * 128 / 127;
        let empty_leaves = (padded_padding / 32) as u64; // below the leaves of the tree, which fit
        (1u64 << self.height) - empty_leaves
    }
}

/// Parent of two nodes.
pub fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut children = [0; 64];
    children[..32].copy_from_slice(left);
    children[32..].copy_from_slice(right);
    let mut parent = sha2_256(&children);
    parent[31] &= 0x3f;
    parent
}

/// Leaf that challenge `index` of a deal asks for: `u256(keccak256(seed || deal as 32 B BE || index as u64 BE))`
/// modulo the number of leaves, as in Filecoin's PDP (PP-2).
pub fn challenged_leaf(seed: &[u8; 32], deal: u64, index: u64, leaves: u64) -> u64 {
    let mut preimage = [0; 72];
    preimage[..32].copy_from_slice(seed);
    preimage[56..64].copy_from_slice(&deal.to_be_bytes());
    preimage[64..].copy_from_slice(&index.to_be_bytes());
    (U256::from_big_endian(&keccak_256(&preimage)) % U256::from(leaves.max(1))).low_u64()
}

/// Whether the answer leads from leaf `leaf` to the root of the piece. A path of another length than the tree is high
/// never does, or an inner node could pass for a leaf.
pub fn leads_to_root(piece: &Piece, leaf: u64, answer: &ProofAnswer) -> bool {
    let top = answer.path.iter().enumerate().fold(answer.leaf, |below, (level, sibling)| {
        if leaf >> level & 1 == 0 {
            node(&below, sibling)
        } else {
            node(sibling, &below)
        }
    });
    answer.path.len() == usize::from(piece.height) && top == piece.root
}

/// Root of a tree of `height`, out of the leaves at `indices`, which are distinct and ascend, and the siblings that are
/// not known from them: bottom level first, ascending within a level. None unless there are exactly as many as it takes.
pub fn multi_root(height: u8, indices: &[u64], leaves: &[[u8; 32]], siblings: &[[u8; 32]]) -> Option<[u8; 32]> {
    if indices.len() != leaves.len() {
        return None;
    }
    let mut siblings = siblings.iter();
    let mut known: Vec<(u64, [u8; 32])> = indices.iter().copied().zip(leaves.iter().copied()).collect();
    for _ in 0..height {
        let mut parents = Vec::with_capacity(known.len());
        let mut below = known.into_iter().peekable();
        while let Some((index, hash)) = below.next() {
            let known_sibling = below.next_if(|(next, _)| *next == index ^ 1).map(|(_, sibling)| sibling);
            let sibling = match known_sibling {
                Some(sibling) => sibling,
                None => *siblings.next()?,
            };
            let parent = if index & 1 == 0 { node(&hash, &sibling) } else { node(&sibling, &hash) };
            parents.push((index >> 1, parent));
        }
        known = parents;
    }
    let (_, root) = known.first()?;
    siblings.next().is_none().then_some(*root)
}
