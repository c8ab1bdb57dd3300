//! What each pallet of the runtime is set to.

use crate::{constants::*, *};
use codec::Encode;
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstU128, ConstU16, ConstU32, ConstU64, ConstU8, Randomness, VariantCountOf},
    weights::{
        constants::{RocksDbWeight, WEIGHT_REF_TIME_PER_SECOND},
        IdentityFee, Weight,
    },
    PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{
    traits::{AccountIdConversion, One},
    FixedU128, Perbill,
};

parameter_types! {
    pub const BlockHashCount: BlockNumber = 2400;
    pub const Version: RuntimeVersion = VERSION;
    pub BlockWeights: frame_system::limits::BlockWeights =
        frame_system::limits::BlockWeights::with_sensible_defaults(
            Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX),
            Perbill::from_percent(75),
        );
    pub BlockLength: frame_system::limits::BlockLength =
        frame_system::limits::BlockLength::builder().max_length(BLOCK_LENGTH_MAX).build();
    pub FeeMultiplier: pallet_transaction_payment::Multiplier = One::one();
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type Block = Block;
    type BlockWeights = BlockWeights;
    type BlockLength = BlockLength;
    type AccountId = AccountId;
    type Nonce = Nonce;
    type Hash = Hash;
    type BlockHashCount = BlockHashCount;
    type DbWeight = RocksDbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<Balance>;
    type SS58Prefix = ConstU16<42>;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = u64;
    type OnTimestampSet = ();
    type MinimumPeriod = ConstU64<MINIMUM_PERIOD>;
    type WeightInfo = ();
}

impl pallet_balances::Config for Runtime {
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type ReserveIdentifier = [u8; 8];
    type Balance = Balance;
    type RuntimeEvent = RuntimeEvent;
    type DustRemoval = ();
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type AccountStore = System;
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type DoneSlashHandler = ();
}

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction = pallet_transaction_payment::FungibleAdapter<Balances, ()>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightToFee = IdentityFee<Balance>;
    type LengthToFee = IdentityFee<Balance>;
    type FeeMultiplierUpdate = pallet_transaction_payment::ConstFeeMultiplier<FeeMultiplier>;
    type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

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
    type Swap = ();
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

// No keys of sessions without consensus; the runtime API is there so that every client finds what it expects.
sp_runtime::impl_opaque_keys! {
    pub struct SessionKeys {}
}
