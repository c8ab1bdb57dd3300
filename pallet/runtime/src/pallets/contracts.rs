//! Contracts, and what they may ask of the chain besides what every contract can.

use crate::{constants::*, pallets::storage::ParentHashRandomness, *};
use frame_support::{
    parameter_types,
    traits::{ConstBool, ConstU32, Contains},
};
use frame_system::EnsureSigned;
use sp_runtime::Perbill;

/// Calls that a contract may make: what a client of Stella does, and transfers of assets. Everything else is refused,
/// calls wrapped into others too: a batch or a proxy is none of these. A contract thus never holds a role, since its
/// code could not do the work, and never touches the chain's administration.
pub struct ContractCalls;

impl Contains<RuntimeCall> for ContractCalls {
    fn contains(call: &RuntimeCall) -> bool {
        match call {
            RuntimeCall::Stella(call) => Self::of_stella(call),
            RuntimeCall::Assets(call) => Self::of_assets(call),
            _ => false,
        }
    }
}

impl ContractCalls {
    fn of_stella(call: &pallet_stella::Call<Runtime>) -> bool {
        use pallet_stella::Call::*;
        matches!(
            call,
            request_storage { .. }
                | top_up_credits { .. }
                | top_up_with_asset { .. }
                | cancel_request { .. }
                | end_deal { .. }
                | renew_deal { .. }
        )
    }

    fn of_assets(call: &pallet_assets::Call<Runtime, pallets::assets::AssetsInstance>) -> bool {
        use pallet_assets::Call::*;
        matches!(call, transfer { .. } | transfer_keep_alive { .. } | transfer_approved { .. })
    }
}

parameter_types! {
    pub Schedule: pallet_contracts::Schedule<Runtime> = Default::default();
    pub const DepositPerItem: Balance = STL / 100;
    pub const DepositPerByte: Balance = STL / 10_000;
    pub const DefaultDepositLimit: Balance = 100 * STL;
    pub const CodeHashLockup: Perbill = Perbill::from_percent(30);
}

impl pallet_contracts::Config for Runtime {
    type Time = Timestamp;
    // No contract can use it any more; the pallet wants one all the same.
    type Randomness = ParentHashRandomness;
    type Currency = Balances;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type RuntimeHoldReason = RuntimeHoldReason;
    type CallFilter = ContractCalls;
    type WeightPrice = TransactionPayment;
    type WeightInfo = pallet_contracts::weights::SubstrateWeight<Runtime>;
    type ChainExtension = ();
    type Schedule = Schedule;
    type CallStack = [pallet_contracts::Frame<Runtime>; 5];
    type DepositPerByte = DepositPerByte;
    type DefaultDepositLimit = DefaultDepositLimit;
    type DepositPerItem = DepositPerItem;
    type CodeHashLockupDepositPercent = CodeHashLockup;
    type AddressGenerator = pallet_contracts::DefaultAddressGenerator;
    type MaxCodeLen = ConstU32<{ 123 * 1024 }>;
    type MaxStorageKeyLen = ConstU32<128>;
    type MaxTransientStorageSize = ConstU32<{ 1024 * 1024 }>;
    type MaxDelegateDependencies = ConstU32<32>;
    type UnsafeUnstableInterface = ConstBool<false>;
    type MaxDebugBufferLen = ConstU32<{ 2 * 1024 * 1024 }>;
    type UploadOrigin = EnsureSigned<AccountId>;
    type InstantiateOrigin = EnsureSigned<AccountId>;
    type Migrations = ();
    type Debug = ();
    type Environment = ();
    type ApiVersion = ();
    type Xcm = ();
}
