//! Assets besides the native token, pools between them, and how Stella buys native tokens with an asset.

use crate::{constants::*, *};
use alloc::vec;
use frame_support::{
    parameter_types,
    traits::{
        tokens::{
            fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
            imbalance::ResolveAssetTo,
        },
        AsEnsureOriginWithArg, ConstU128, ConstU32, SortedMembers,
    },
    weights::Weight,
    PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned, EnsureSignedBy};
use pallet_asset_conversion::{AccountIdConverter, Ascending, Chain, Swap, WeightInfo, WithFirstAsset};
use sp_runtime::{traits::AccountIdConversion, DispatchError, Permill};

pub type AssetsInstance = pallet_assets::Instance1;
pub type PoolAssetsInstance = pallet_assets::Instance2;
/// The native token or one of [`Assets`].
pub type AssetKind = NativeOrWithId<AssetId>;

/// Anybody may create an asset, for a deposit.
impl pallet_assets::Config<AssetsInstance> for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Balance = Balance;
    type RemoveItemsLimit = ConstU32<1000>;
    type AssetId = AssetId;
    type AssetIdParameter = codec::Compact<AssetId>;
    type ReserveData = ();
    type Currency = Balances;
    type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
    type ForceOrigin = EnsureRoot<AccountId>;
    type AssetDeposit = ConstU128<{ STL / 10 }>;
    type AssetAccountDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type MetadataDepositBase = ConstU128<EXISTENTIAL_DEPOSIT>;
    type MetadataDepositPerByte = ConstU128<{ EXISTENTIAL_DEPOSIT / 100 }>;
    type ApprovalDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type StringLimit = ConstU32<50>;
    type Holder = ();
    type Freezer = ();
    type Extra = ();
    type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
    type CallbackHandle = ();
    type AssetIdAllocator = ();
}

/// Shares in pools: only the pools create them.
impl pallet_assets::Config<PoolAssetsInstance> for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Balance = Balance;
    type RemoveItemsLimit = ConstU32<1000>;
    type AssetId = AssetId;
    type AssetIdParameter = codec::Compact<AssetId>;
    type ReserveData = ();
    type Currency = Balances;
    type CreateOrigin = AsEnsureOriginWithArg<EnsureSignedBy<PoolsAccount, AccountId>>;
    type ForceOrigin = EnsureRoot<AccountId>;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type StringLimit = ConstU32<50>;
    type Holder = ();
    type Freezer = ();
    type Extra = ();
    type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
    type CallbackHandle = ();
    type AssetIdAllocator = ();
}

parameter_types! {
    pub const PoolsPalletId: PalletId = PalletId(*b"py/ascon");
    /// In its name pools create their shares.
    pub PoolsAccount: AccountId = PoolsPalletId::get().into_account_truncating();
    pub const Native: AssetKind = NativeOrWithId::Native;
    pub const PoolFee: Permill = Permill::from_parts(3_000);
    pub const PoolFeeMax: Permill = Permill::from_percent(10);
    pub const LiquidityWithdrawalFee: Permill = Permill::zero();
}

impl SortedMembers<AccountId> for PoolsAccount {
    fn sorted_members() -> Vec<AccountId> {
        vec![Self::get()]
    }
}

/// The native token and all assets as one.
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, AssetKind, AccountId>;
type PoolAccounts = AccountIdConverter<PoolsPalletId, (AssetKind, AssetKind)>;

impl pallet_asset_conversion::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Balance = Balance;
    type HigherPrecisionBalance = sp_core::U256;
    type AssetKind = AssetKind;
    type Assets = NativeAndAssets;
    type PoolId = (AssetKind, AssetKind);
    type PoolLocator = Chain<
        WithFirstAsset<Native, AccountId, AssetKind, PoolAccounts>,
        Ascending<AccountId, AssetKind, PoolAccounts>,
    >;
    type PoolAssetId = AssetId;
    type PoolAssets = PoolAssets;
    type PoolSetupFee = ConstU128<{ STL / 10 }>;
    type PoolSetupFeeAsset = Native;
    type PoolSetupFeeTarget = ResolveAssetTo<PoolsAccount, NativeAndAssets>;
    type PalletId = PoolsPalletId;
    type WeightInfo = pallet_asset_conversion::weights::SubstrateWeight<Runtime>;
    type LPFee = PoolFee;
    type AdminOrigin = EnsureRoot<AccountId>;
    type MaxSwapFee = PoolFeeMax;
    type LiquidityWithdrawalFee = LiquidityWithdrawalFee;
    type MaxSwapPathLength = ConstU32<4>;
    type MintMinLiquidity = ConstU128<100>;
}

/// Buys native tokens in the pool of an asset.
pub struct BuyNative;

impl pallet_stella::Swap<AccountId> for BuyNative {
    fn swap(
        who: &AccountId,
        asset: AssetId,
        amount: Balance,
        native_min: Balance,
        send_to: &AccountId,
    ) -> Result<Balance, DispatchError> {
        let path = vec![NativeOrWithId::WithId(asset), NativeOrWithId::Native];
        // A minimum of zero is no minimum; the pallet of pools takes it for a mistake.
        let native_min = (native_min > 0).then_some(native_min);
        <AssetConversion as Swap<_>>::swap_exact_tokens_for_tokens(
            who.clone(),
            path,
            amount,
            native_min,
            send_to.clone(),
            false,
        )
    }

    fn weight() -> Weight {
        <Runtime as pallet_asset_conversion::Config>::WeightInfo::swap_exact_tokens_for_tokens(2)
    }
}
