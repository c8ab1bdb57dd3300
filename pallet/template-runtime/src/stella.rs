//! What a chain chooses for `pallet-stella`. Blocks of 6 seconds are assumed; `pallet/README.md` has advice on each line.

use crate::{AccountId, Balance, Balances, BlockNumber, Runtime, RuntimeHoldReason, System, UNIT};
use frame_support::{
    parameter_types,
    traits::{ConstU128, ConstU32, ConstU8, Randomness},
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
    PalletId,
};
use sp_runtime::{
    traits::{AccountIdConversion, BlakeTwo256, Hash},
    FixedU128, Perbill,
};

const MINUTE: BlockNumber = 10;
const HOUR: BlockNumber = 60 * MINUTE;
const DAY: BlockNumber = 24 * HOUR;

parameter_types! {
    pub const StellaPalletId: PalletId = PalletId(*b"stella/c");
    pub const FaultSlash: Perbill = Perbill::from_percent(10);
    pub const CollateralRatio: FixedU128 = FixedU128::from_u32(1);
    pub Treasury: AccountId = PalletId(*b"stella/t").into_account_truncating();
    /// A quarter of a block of 2 seconds.
    pub const HookWeight: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND / 2, u64::MAX);
}

impl pallet_stella::Config for Runtime {
    type Currency = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Swap = ();
    type Randomness = ParentHash;
    type AdminOrigin = frame_system::EnsureRoot<AccountId>;
    type WeightInfo = pallet_stella::weights::SubstrateWeight<Runtime>;
    type HookWeight = HookWeight;
    type PalletId = StellaPalletId;
    type EpochLength = ConstU32<HOUR>;
    type ProvingPeriod = ConstU32<DAY>;
    type ProvingWindow = ConstU32<HOUR>;
    type ChallengesPerProof = ConstU32<5>;
    type MaxReplicas = ConstU8<16>;
    type MaxPeriods = ConstU32<{ 10 * 365 }>;
    type RequestTtl = ConstU32<DAY>;
    type ActivationTimeout = ConstU32<DAY>;
    type MaxConsecutiveFaults = ConstU32<3>;
    type FaultSlash = FaultSlash;
    type CollateralRatio = CollateralRatio;
    type UnbondingPeriod = ConstU32<{ 7 * DAY }>;
    type ItemsPerEpoch = ConstU32<4>;
    type CommitteeSize = ConstU32<9>;
    type AttestationWindow = ConstU32<HOUR>;
    type AnswerWindow = ConstU32<{ 15 * MINUTE }>;
    type QuestionBond = ConstU128<UNIT>;
    type ForgeryPenalty = ConstU128<{ 10 * UNIT }>;
    type AppealFee = ConstU128<UNIT>;
    type AppealPeriods = ConstU32<8>;
    type Treasury = Treasury;
    type RetentionPeriod = ConstU32<{ 7 * DAY }>;
    type StoreBond = ConstU128<{ 100 * UNIT }>;
    type FetchBond = ConstU128<{ 50 * UNIT }>;
    type InspectorBond = ConstU128<{ 100 * UNIT }>;
    type MaxVerdicts = ConstU32<1_024>;
    type MaxChanges = ConstU32<512>;
    type MaxInspectors = ConstU32<256>;
    type MaxAgenda = ConstU32<200>;
}

/// FOR DEVELOPMENT ONLY: whoever authors the parent block can try out hashes until the challenges suit him. Take the
/// randomness of the chain's consensus, for instance `pallet_babe::ParentBlockRandomness`.
pub struct ParentHash;

impl Randomness<crate::Hash, BlockNumber> for ParentHash {
    fn random(subject: &[u8]) -> (crate::Hash, BlockNumber) {
        let parent = System::parent_hash();
        (BlakeTwo256::hash(&[subject, parent.as_bytes()].concat()), System::block_number())
    }
}

/// Planck per GiB and proving period in the examples of `pallet/README.md`.
pub const EXAMPLE_PRICE: Balance = UNIT / 1_000;
