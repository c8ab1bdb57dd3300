//! Constants of the chain: those of production, or with the feature `fast` those of the development chain.

use crate::{Balance, BlockNumber};

/// One STL in planck.
pub const STL: Balance = 1_000_000_000_000;
pub const EXISTENTIAL_DEPOSIT: Balance = STL / 1000;
/// Longest block body, bytes.
pub const BLOCK_LENGTH_MAX: u32 = 5 * 1024 * 1024;

pub const STORE_BOND: Balance = 100 * STL;
pub const FETCH_BOND: Balance = 50 * STL;
pub const INSPECTOR_BOND: Balance = 100 * STL;

#[cfg(not(feature = "fast"))]
mod by_speed {
    use super::*;
    /// Time between two blocks, milliseconds.
    pub const SLOT_DURATION: u64 = 6_000;
    pub const EPOCH_LENGTH: BlockNumber = 600;
    pub const PROVING_PERIOD: BlockNumber = 14_400;
    pub const PROVING_WINDOW: BlockNumber = 600;
    pub const REQUEST_TTL: BlockNumber = 14_400;
    pub const ACTIVATION_TIMEOUT: BlockNumber = 14_400;
    pub const UNBONDING_PERIOD: BlockNumber = 100_800;
    pub const ANSWER_WINDOW: BlockNumber = 150;
    pub const RETENTION_PERIOD: BlockNumber = 100_800;
}

#[cfg(feature = "fast")]
mod by_speed {
    use super::*;
    /// Shortest time between two blocks, milliseconds. So short that a development chain can make blocks as fast as it
    /// likes, every 6 s or one for each transaction, without its time running ahead of the clock.
    pub const SLOT_DURATION: u64 = 2;
    pub const EPOCH_LENGTH: BlockNumber = 20;
    pub const PROVING_PERIOD: BlockNumber = 30;
    pub const PROVING_WINDOW: BlockNumber = 12;
    pub const REQUEST_TTL: BlockNumber = 120;
    pub const ACTIVATION_TIMEOUT: BlockNumber = 60;
    pub const UNBONDING_PERIOD: BlockNumber = 60;
    pub const ANSWER_WINDOW: BlockNumber = 5;
    pub const RETENTION_PERIOD: BlockNumber = 2_000;
}

pub use by_speed::*;

/// Shortest time between two blocks that the clock of the chain allows, milliseconds: a slot's worth less what the
/// clocks of two authors may differ.
pub const MINIMUM_PERIOD: u64 = SLOT_DURATION / 2;
