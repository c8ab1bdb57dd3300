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
mod asks;
pub mod commp;
mod constants;
mod credits;
mod deals;
mod errors;
mod events;
mod inspections;
#[cfg(any(test, feature = "try-runtime"))]
mod invariants;
mod proofs;
mod reputation;
mod requests;
mod roles;
pub mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use weights::WeightInfo;

// The macro names itself without a path.
use frame_support::pallet_macros::import_section;

#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use crate::{types::*, WeightInfo};
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
    pub type AnchorsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, ConstU32<32>>;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The native token.
        type Currency: fungible::Mutate<Self::AccountId>
            + fungible::Inspect<Self::AccountId, Balance = Balance>
            + fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
        type RuntimeHoldReason: From<HoldReason>;
        /// Names challenges and committees. Whoever can foresee it can prove without holding the data.
        type Randomness: Randomness<H256, BlockNumberFor<Self>>;
        /// Names the anchors.
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
    }

    // Hashers: accounts are chosen by users, so their keys are hashed against crafted tries (Blake2); ids, blocks,
    // epochs and roles are given by the chain, so the cheap Twox serves.

    /// Accounts by role.
    #[pallet::storage]
    pub type Roles<T: Config> = StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, RoleEntryOf<T>>;

    /// Number of Inspectors in [`Roles`], at most `MaxInspectors`.
    #[pallet::storage]
    pub type InspectorCount<T> = StorageValue<_, u32, ValueQuery>;

    /// Credits by account; nothing is stored for an account without any.
    #[pallet::storage]
    pub type Credits<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, CreditAccount, ValueQuery>;

    /// The ask of each Store.
    #[pallet::storage]
    pub type Asks<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, AskOf<T>>;

    /// Id of the next request.
    #[pallet::storage]
    pub type NextRequest<T> = StorageValue<_, u64, ValueQuery>;

    /// Id of the next deal.
    #[pallet::storage]
    pub type NextDeal<T> = StorageValue<_, u64, ValueQuery>;

    /// All requests; finished ones stay.
    #[pallet::storage]
    pub type Requests<T: Config> = StorageMap<_, Twox64Concat, u64, RequestOf<T>>;

    /// All deals; ended ones stay.
    #[pallet::storage]
    pub type Deals<T: Config> = StorageMap<_, Twox64Concat, u64, DealOf<T>>;

    /// The live deal of a request by declared operator, or by Store where none is declared (DL-3).
    #[pallet::storage]
    pub type Replicas<T: Config> = StorageDoubleMap<_, Twox64Concat, u64, Blake2_128Concat, T::AccountId, u64>;

    /// Randomness of the latest blocks, as far back as a challenge may look.
    #[pallet::storage]
    pub type Seeds<T: Config> = StorageMap<_, Twox64Concat, BlockNumberFor<T>, [u8; 32]>;

    /// Number of the current epoch.
    #[pallet::storage]
    pub type CurrentEpoch<T> = StorageValue<_, u32, ValueQuery>;

    /// The last eight epochs.
    #[pallet::storage]
    pub type Epochs<T: Config> = StorageMap<_, Twox64Concat, u32, EpochInfo<BlockNumberFor<T>>>;

    /// Hash of an Inspector's verdicts by epoch (IN-5).
    #[pallet::storage]
    pub type Commits<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, T::AccountId, [u8; 32]>;

    /// Verdicts of an Inspector by epoch (IN-5).
    #[pallet::storage]
    pub type Reveals<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, T::AccountId, VerdictsOf<T>>;

    /// Worst proof of a Store by epoch in which the chain decided on it.
    #[pallet::storage]
    pub type HardRecords<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, T::AccountId, HardEvidence>;

    /// Reputation by role and account.
    #[pallet::storage]
    pub type Reputation<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, ReputationEntry>;

    /// The digest that an Inspector attests for an epoch (RE-2).
    #[pallet::storage]
    pub type Attestations<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, T::AccountId, [u8; 32]>;

    /// The changes behind an attested digest.
    #[pallet::storage]
    pub type Carried<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, [u8; 32], ChangesOf<T>>;

    /// The digest taken over for an epoch.
    #[pallet::storage]
    pub type Adopted<T> = StorageMap<_, Twox64Concat, u32, [u8; 32]>;

    /// Inspectors that enter Trusted.
    #[pallet::storage]
    pub type Anchors<T: Config> = StorageValue<_, AnchorsOf<T>, ValueQuery>;

    /// What is due by block. An item counts only in the slot that its deal or request names; others are leftovers of
    /// something that ended before its time.
    #[pallet::storage]
    pub type Agenda<T: Config> =
        StorageMap<_, Twox64Concat, BlockNumberFor<T>, BoundedVec<AgendaItem, T::MaxAgenda>, ValueQuery>;

    /// Oldest block whose slot in [`Agenda`] may hold items.
    #[pallet::storage]
    pub type AgendaCursor<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

    /// Oldest epoch whose evidence may still be stored.
    #[pallet::storage]
    pub type PruneCursor<T> = StorageValue<_, u32, ValueQuery>;

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

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Signed. Takes a role and puts its bond on hold (RO-1). Accounts that declare one `operator` together take
        /// one replica of a request; the declaration is final for as long as the role is held.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::register_role())]
        pub fn register_role(
            origin: OriginFor<T>,
            role: Role,
            endpoint: Endpoint,
            operator: Option<T::AccountId>,
        ) -> DispatchResult {
            Self::do_register_role(ensure_signed(origin)?, role, endpoint, operator)
        }

        /// Signed by a holder of the role. Says where the role is now reached.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::update_endpoint())]
        pub fn update_endpoint(origin: OriginFor<T>, role: Role, endpoint: Endpoint) -> DispatchResult {
            Self::do_update_endpoint(ensure_signed(origin)?, role, endpoint)
        }

        /// Signed by a holder of the role. Takes no new work from now on (RO-2); a Store's ask ends.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::leave_role())]
        pub fn leave_role(origin: OriginFor<T>, role: Role) -> DispatchResult {
            Self::do_leave_role(ensure_signed(origin)?, role)
        }

        /// Signed by an account that left the role `UnbondingPeriod` ago and has no live deal. Frees the bond.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::withdraw_bond())]
        pub fn withdraw_bond(origin: OriginFor<T>, role: Role) -> DispatchResult {
            Self::do_withdraw_bond(ensure_signed(origin)?, role)
        }

        /// Signed. Turns `amount` planck into free credits.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::top_up_credits())]
        pub fn top_up_credits(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
            Self::do_top_up_credits(ensure_signed(origin)?, amount)
        }

        /// Signed. Turns `amount` free credits back into planck.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::withdraw_credits())]
        pub fn withdraw_credits(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
            Self::do_withdraw_credits(ensure_signed(origin)?, amount)
        }

        /// Signed by a Store. Replaces its ask (AS-1).
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::publish_ask())]
        pub fn publish_ask(origin: OriginFor<T>, ask: AskOf<T>) -> DispatchResult {
            Self::do_publish_ask(ensure_signed(origin)?, ask)
        }

        /// Signed by a Store. Takes its ask off.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::withdraw_ask())]
        pub fn withdraw_ask(origin: OriginFor<T>) -> DispatchResult {
            Self::do_withdraw_ask(ensure_signed(origin)?)
        }

        /// Signed. Asks for storage and sets its highest price aside from free credits (DL-1).
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::request_storage())]
        pub fn request_storage(origin: OriginFor<T>, request: StorageRequest) -> DispatchResult {
            Self::do_request_storage(ensure_signed(origin)?, request)
        }

        /// Signed by the client. Takes back the replicas that nobody has taken (DL-2).
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::cancel_request())]
        pub fn cancel_request(origin: OriginFor<T>, #[pallet::compact] request: u64) -> DispatchResult {
            Self::do_cancel_request(ensure_signed(origin)?, request)
        }

        /// Signed by a Store. Takes one replica at `price` planck per GiB and period; its collateral is put on hold
        /// (DL-3). What the client had set aside above that price is free again (DL-5).
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::accept_deal())]
        pub fn accept_deal(
            origin: OriginFor<T>,
            #[pallet::compact] request: u64,
            #[pallet::compact] price: Balance,
        ) -> DispatchResult {
            Self::do_accept_deal(ensure_signed(origin)?, request, price)
        }

        /// Signed by the deal's Store. Proves possession (PP-3). Malformed, early, late, stale and repeated proofs are
        /// refused and cost nothing; a proof for the current seed that does not lead to the root is a fault at once.
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::submit_proof(crate::proofs::hashes(proof)))]
        pub fn submit_proof(
            origin: OriginFor<T>,
            #[pallet::compact] deal: u64,
            proof: PossessionProof,
        ) -> DispatchResult {
            Self::do_submit_proof(ensure_signed(origin)?, deal, proof)
        }

        /// Signed by an Inspector, in the first half of the epoch after `epoch`. `hash` is
        /// `blake2b-256(SCALE(verdicts) ++ salt)` (IN-5).
        #[pallet::call_index(16)]
        #[pallet::weight(T::WeightInfo::commit_verdicts())]
        pub fn commit_verdicts(origin: OriginFor<T>, #[pallet::compact] epoch: u32, hash: [u8; 32]) -> DispatchResult {
            Self::do_commit_verdicts(ensure_signed(origin)?, epoch, hash)
        }

        /// Signed by an Inspector, in the second half of the epoch after `epoch` (IN-5).
        #[pallet::call_index(17)]
        #[pallet::weight(T::WeightInfo::reveal_verdicts(verdicts.len() as u32))]
        pub fn reveal_verdicts(
            origin: OriginFor<T>,
            #[pallet::compact] epoch: u32,
            salt: [u8; 32],
            verdicts: VerdictsOf<T>,
        ) -> DispatchResult {
            Self::do_reveal_verdicts(ensure_signed(origin)?, epoch, salt, verdicts)
        }

        /// Signed by an Inspector, in the second half of the second epoch after `epoch`. `digest` is
        /// `blake2b-256(SCALE(changes.entries) ++ changes.state)`; the first attestation of a digest carries the
        /// changes. Above two thirds of trust weight they are taken over (RE-2).
        #[pallet::call_index(18)]
        #[pallet::weight(T::WeightInfo::attest_reputation(T::MaxInspectors::get(), T::MaxChanges::get()))]
        pub fn attest_reputation(
            origin: OriginFor<T>,
            #[pallet::compact] epoch: u32,
            digest: [u8; 32],
            changes: Option<ChangesOf<T>>,
        ) -> DispatchResultWithPostInfo {
            let entries = Self::do_attest_reputation(ensure_signed(origin)?, epoch, digest, changes)?;
            Ok(Some(T::WeightInfo::attest_reputation(InspectorCount::<T>::get(), entries)).into())
        }

        /// Admin. Names the Inspectors that are trusted from the start; those already registered are promoted, former
        /// anchors keep what they have.
        #[pallet::call_index(20)]
        #[pallet::weight(T::WeightInfo::set_anchors(inspectors.len() as u32))]
        pub fn set_anchors(origin: OriginFor<T>, inspectors: AnchorsOf<T>) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_anchors(inspectors)
        }
    }
}
