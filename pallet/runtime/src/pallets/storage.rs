//! Stella itself, and where its randomness and its purchases come from.

use crate::{constants::*, pallets::assets::BuyNative, *};
use codec::Encode;
use frame_support::{
    parameter_types,
    traits::{ConstU128, ConstU32, ConstU8, Randomness},
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
    PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::AccountIdConversion, FixedU128, Perbill};

parameter_types! {
    pub const StellaPalletId: PalletId = PalletId(*b"stella/c");
    pub const FaultSlash: Perbill = Perbill::from_percent(10);
    pub const CollateralRatio: FixedU128 = FixedU128::from_u32(1);
    pub Treasury: AccountId = PalletId(*b"stella/t").into_account_truncating();
    /// A quarter of a block.
    pub const HookWeight: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND / 2, u64::MAX);
}

impl pallet_stella::Config for Runtime {
    type Currency = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Swap = BuyNative;
    type Randomness = ParentHashRandomness;
    type AdminOrigin = EnsureRoot<AccountId>;
    type WeightInfo = pallet_stella::weights::SubstrateWeight<Runtime>;
    type HookWeight = HookWeight;
    type PalletId = StellaPalletId;
    type EpochLength = ConstU32<EPOCH_LENGTH>;
    type ProvingPeriod = ConstU32<PROVING_PERIOD>;
    type ProvingWindow = ConstU32<PROVING_WINDOW>;
    type ChallengesPerProof = ConstU32<5>;
    type MaxReplicas = ConstU8<16>;
    type MaxPeriods = ConstU32<1_000_000>;
    type RequestTtl = ConstU32<REQUEST_TTL>;
    type ActivationTimeout = ConstU32<ACTIVATION_TIMEOUT>;
    type MaxConsecutiveFaults = ConstU32<3>;
    type FaultSlash = FaultSlash;
    type CollateralRatio = CollateralRatio;
    type UnbondingPeriod = ConstU32<UNBONDING_PERIOD>;
    type ItemsPerEpoch = ConstU32<4>;
    type CommitteeSize = ConstU32<9>;
    type AttestationWindow = ConstU32<EPOCH_LENGTH>;
    type AnswerWindow = ConstU32<ANSWER_WINDOW>;
    type QuestionBond = ConstU128<STL>;
    type ForgeryPenalty = ConstU128<{ 10 * STL }>;
    type AppealFee = ConstU128<STL>;
    type AppealPeriods = ConstU32<8>;
    type Treasury = Treasury;
    type RetentionPeriod = ConstU32<RETENTION_PERIOD>;
    type StoreBond = ConstU128<STORE_BOND>;
    type FetchBond = ConstU128<FETCH_BOND>;
    type InspectorBond = ConstU128<INSPECTOR_BOND>;
    type MaxVerdicts = ConstU32<1024>;
    type MaxChanges = ConstU32<512>;
    type MaxInspectors = ConstU32<256>;
    type MaxAgenda = ConstU32<200>;
}

/// Randomness out of the parent block's hash. FOR DEVELOPMENT ONLY: whoever authors the parent can try out as many
/// hashes as he likes and so choose challenges and committees. A chain with a consensus takes its randomness instead.
pub struct ParentHashRandomness;

impl Randomness<Hash, BlockNumber> for ParentHashRandomness {
    fn random(subject: &[u8]) -> (Hash, BlockNumber) {
        let seed = (subject, System::parent_hash()).using_encoded(sp_io::hashing::blake2_256);
        (seed.into(), System::block_number())
    }
}
