//! The runtime API of `pallet-stella`: questions to the chain's state that need no transaction. A runtime implements
//! [`StellaApi`] by passing each one on to the pallet, as `runtime/src/apis.rs` of this workspace does.
//!
//! Answers are about the state of the block they are asked at. An index of a method never changes its meaning; what is
//! new comes as a new method and raises the version of the trait.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use codec::Codec;

pub use pallet_stella::{
    queries::{Challenge, EpochStatus, Quote},
    types::{Deal, ReputationEntry, Role, Tier},
};

sp_api::decl_runtime_apis! {
    /// Questions about storage deals, answered from the chain's state.
    pub trait StellaApi<AccountId, BlockNumber>
    where
        AccountId: Codec,
        BlockNumber: Codec,
    {
        /// A deal, live or ended.
        fn deal(id: u64) -> Option<Deal<AccountId, BlockNumber>>;

        /// Live deals of a Store, at most `limit` and 1,000, in the order of the chain's keys, which is not that of
        /// ids. To go on, ask with the last id as `after`.
        fn deals_of(store: AccountId, after: Option<u64>, limit: u32) -> Vec<(u64, Deal<AccountId, BlockNumber>)>;

        /// What the next proof of a deal must answer; none when nothing can be proven in the next block.
        fn challenge(deal: u64) -> Option<Challenge<BlockNumber>>;

        /// What storing a piece of `size` padded bytes costs now. Reads every ask, at most 10,000.
        fn quote(size: u64, periods: u32, replicas: u8, tier: Tier) -> Quote;

        /// Reputation of an account in a role; none while it does not hold the role.
        fn reputation(role: Role, account: AccountId) -> Option<ReputationEntry>;

        /// The current epoch and what may be done in it now.
        fn epoch() -> EpochStatus<BlockNumber>;
    }
}
