//! Decentralised storage: roles, asks, deals, credits, possession proofs, inspections and reputation.
//!
//! - [`Call`]: what accounts can do. [`Config`]: what a runtime chooses. [`Event`], [`Error`]: what they hear.
//! - Money: bonds and collateral are holds on their owners ([`HoldReason`]); credits are money in the pallet account,
//!   booked in [`Credits`]. A period's price leaves that account only for an accepted proof (PP-5).
//! - Time: whatever must happen at a block stands in [`Agenda`]; `on_initialize` works it off within
//!   [`Config::HookWeight`] and goes on in the next block where that was not enough (DL-4).
//! - Clauses (`DL-4`) are those of the protocol text. The logic is in one file per subject.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod agenda;
mod appeals;
mod archives;
mod asks;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
pub mod commp;
mod constants;
mod credits;
mod deals;
mod errors;
mod events;
mod holds;
mod inspections;
#[cfg(any(test, feature = "try-runtime"))]
mod invariants;
pub mod migrations;
mod proofs;
pub mod queries;
mod questions;
pub mod receipts;
mod renewals;
mod reputation;
mod requests;
mod retention;
mod roles;
mod storage;
mod swap;
pub mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use swap::Swap;
pub use weights::WeightInfo;

// The macro names itself without a path.
use frame_support::pallet_macros::import_section;

#[import_section(calls::calls)]
#[import_section(errors::errors)]
#[import_section(events::events)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
    use crate::{types::*, Swap, WeightInfo};
    use frame_support::{
        pallet_prelude::*,
        traits::{fungible, EnsureOrigin, Randomness},
        PalletId,
    };
    use frame_system::pallet_prelude::*;
    use sp_core::H256;
    use sp_runtime::{FixedU128, Perbill};

    pub type RoleEntryOf<T> = RoleEntry<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
    pub type AskOf<T> = Ask<BlockNumberFor<T>>;
    pub type RequestOf<T> = Request<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
    pub type DealOf<T> = Deal<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
    pub type VerdictsOf<T> = BoundedVec<Verdict<<T as frame_system::Config>::AccountId>, <T as Config>::MaxVerdicts>;
    pub type ChangesOf<T> = Changes<<T as frame_system::Config>::AccountId, <T as Config>::MaxChanges>;
    pub type OpenQuestionOf<T> = Question<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
    pub type AppealOf<T> = Appeal<BlockNumberFor<T>>;
    pub type AgendaItemOf<T> = AgendaItem<<T as frame_system::Config>::AccountId>;
    pub type VerdictKeyOf<T> = VerdictKey<<T as frame_system::Config>::AccountId>;
    pub type AnchorsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, ConstU32<32>>;

    /// Of what is stored; [`migrations`](crate::migrations) lead to it.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The native token.
        type Currency: fungible::Mutate<Self::AccountId>
            + fungible::Inspect<Self::AccountId, Balance = Balance>
            + fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
        type RuntimeHoldReason: From<HoldReason>;
        /// Sells assets for credits (MK-1); `()` where there are none.
        type Swap: Swap<Self::AccountId>;
        /// Names challenges and committees. Whoever can foresee it can prove without holding the data.
        type Randomness: Randomness<H256, BlockNumberFor<Self>>;
        /// Names the anchors and disqualifies.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
        type WeightInfo: WeightInfo;
        /// Most that the deadlines and the pruning of one block may weigh; the rest waits for the next block.
        type HookWeight: Get<Weight>;

        /// Owner of the money behind all credits.
        #[pallet::constant]
        type PalletId: Get<PalletId>;
        /// Blocks of an epoch of inspections (IN-1).
        #[pallet::constant]
        type EpochLength: Get<BlockNumberFor<Self>>;
        /// Blocks between two proofs of a deal (PP-4).
        #[pallet::constant]
        type ProvingPeriod: Get<BlockNumberFor<Self>>;
        /// Blocks at the end of a period in which its proof is accepted (PP-4).
        #[pallet::constant]
        type ProvingWindow: Get<BlockNumberFor<Self>>;
        /// Leaves that a proof shows (PP-2).
        #[pallet::constant]
        type ChallengesPerProof: Get<u32>;
        /// Most replicas of a request.
        #[pallet::constant]
        type MaxReplicas: Get<u8>;
        /// Longest deal, proving periods.
        #[pallet::constant]
        type MaxPeriods: Get<u32>;
        /// Blocks after which the open part of a request expires (DL-2).
        #[pallet::constant]
        type RequestTtl: Get<BlockNumberFor<Self>>;
        /// Blocks from acceptance within which the first proof must come (DL-4).
        #[pallet::constant]
        type ActivationTimeout: Get<BlockNumberFor<Self>>;
        /// Faults in a row that end a deal (PP-5).
        #[pallet::constant]
        type MaxConsecutiveFaults: Get<u32>;
        /// Part of the initial collateral that one fault costs (PP-5).
        #[pallet::constant]
        type FaultSlash: Get<Perbill>;
        /// Collateral in relation to the price of the whole deal (DL-3).
        #[pallet::constant]
        type CollateralRatio: Get<FixedU128>;
        /// Blocks from `leave_role` to `withdraw_bond` (RO-2).
        #[pallet::constant]
        type UnbondingPeriod: Get<BlockNumberFor<Self>>;
        /// Items to inspect per subject and epoch (IN-2); read by nodes.
        #[pallet::constant]
        type ItemsPerEpoch: Get<u32>;
        /// Inspectors per subject (IN-3); read by nodes.
        #[pallet::constant]
        type CommitteeSize: Get<u32>;
        /// Blocks after the reveal epoch by whose end reputation must be attested (RE-2); the first half is for
        /// questions (IN-9). At most an epoch.
        #[pallet::constant]
        type AttestationWindow: Get<BlockNumberFor<Self>>;
        /// Blocks from a question to the end of the time for its answer (IN-8); questions are over when attestation
        /// opens (IN-9), so at most a quarter of `AttestationWindow`.
        #[pallet::constant]
        type AnswerWindow: Get<BlockNumberFor<Self>>;
        /// Planck that a questioner puts up; the Inspector's for a valid answer (IN-8).
        #[pallet::constant]
        type QuestionBond: Get<Balance>;
        /// Planck of its bond that an Inspector pays for a question without a valid answer (IN-8).
        #[pallet::constant]
        type ForgeryPenalty: Get<Balance>;
        /// Planck that an appeal puts up; returned when it is won (RE-5).
        #[pallet::constant]
        type AppealFee: Get<Balance>;
        /// Epochs after which an appeal is lost (RE-5).
        #[pallet::constant]
        type AppealPeriods: Get<u32>;
        /// Owner of the fees of lost appeals.
        #[pallet::constant]
        type Treasury: Get<Self::AccountId>;
        /// Blocks for which ended deals and finished requests can still be read.
        #[pallet::constant]
        type RetentionPeriod: Get<BlockNumberFor<Self>>;
        /// Planck that a Store puts up.
        #[pallet::constant]
        type StoreBond: Get<Balance>;
        /// Planck that a Fetch puts up.
        #[pallet::constant]
        type FetchBond: Get<Balance>;
        /// Planck that an Inspector puts up.
        #[pallet::constant]
        type InspectorBond: Get<Balance>;
        /// Verdicts that an Inspector can reveal for one epoch.
        #[pallet::constant]
        type MaxVerdicts: Get<u32>;
        /// Changes of reputation that an epoch can bring.
        #[pallet::constant]
        type MaxChanges: Get<u32>;
        /// Registered Inspectors; a quorum is counted over all of them.
        #[pallet::constant]
        type MaxInspectors: Get<u32>;
        /// Deadlines in one block; further ones go to the next.
        #[pallet::constant]
        type MaxAgenda: Get<u32>;
    }

    /// Why money of an account is on hold.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Bond of a role.
        #[codec(index = 0)]
        RoleBond,
        /// Collateral of live deals.
        #[codec(index = 1)]
        DealCollateral,
        /// Fee of a pending appeal.
        #[codec(index = 2)]
        AppealFee,
        /// Bonds of open questions.
        #[codec(index = 3)]
        QuestionBond,
    }

    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The first anchors.
        pub anchors: alloc::vec::Vec<T::AccountId>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            let anchors = self.anchors.clone().try_into().expect("genesis names at most 32 anchors");
            Anchors::<T>::put::<AnchorsOf<T>>(anchors);
            Pallet::<T>::endow_pallet_account();
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(now: BlockNumberFor<T>) -> Weight {
            let mut weight = Self::sample_seed(now);
            weight.saturating_accrue(Self::start_epoch(now));
            weight.saturating_add(Self::work_off(now))
        }

        fn on_runtime_upgrade() -> Weight {
            Self::endow_pallet_account()
        }

        fn integrity_test() {
            Self::check_constants()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::check_invariants()
        }
    }
}
