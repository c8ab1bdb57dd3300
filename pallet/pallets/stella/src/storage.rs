//! What the chain keeps, a section of the pallet.

#[frame_support::pallet_macros::pallet_section]
mod storage {
    // Hashers: accounts are chosen by users, so their keys are hashed against crafted tries (Blake2); ids, blocks,
    // epochs and roles are given by the chain, so the cheap Twox serves.

    /// Accounts by role.
    #[pallet::storage]
    pub type Roles<T: Config> = StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, RoleEntryOf<T>>;

    /// Operators that accounts declare and that have not confirmed it.
    #[pallet::storage]
    pub type OperatorClaims<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, T::AccountId>;

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

    /// Requests; finished ones stay for `RetentionPeriod`.
    #[pallet::storage]
    pub type Requests<T: Config> = StorageMap<_, Twox64Concat, u64, RequestOf<T>>;

    /// Deals; ended ones stay for `RetentionPeriod`.
    #[pallet::storage]
    pub type Deals<T: Config> = StorageMap<_, Twox64Concat, u64, DealOf<T>>;

    /// The live deal of a request by the operator of its Store, or by Store where none was confirmed at acceptance
    /// (DL-3).
    #[pallet::storage]
    pub type Replicas<T: Config> = StorageDoubleMap<_, Twox64Concat, u64, Blake2_128Concat, T::AccountId, u64>;

    /// The live deals of a Store, each with the account under which it stands in [`Replicas`].
    #[pallet::storage]
    pub type LiveDeals<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, u64, T::AccountId>;

    /// Where the pieces of deals of tier Filecoin are archived (FX-2); kept as long as the deal.
    #[pallet::storage]
    pub type Archives<T: Config> = StorageMap<_, Twox64Concat, u64, ArchiveRecord<BlockNumberFor<T>>>;

    /// What is over and since when, oldest first; [`EndedRange`] says which numbers are in use.
    #[pallet::storage]
    pub type Ended<T: Config> = StorageMap<_, Twox64Concat, u64, (Finished, BlockNumberFor<T>)>;

    /// Number of the oldest entry of [`Ended`], and of the next one.
    #[pallet::storage]
    pub type EndedRange<T> = StorageValue<_, (u64, u64), ValueQuery>;

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

    /// Id of the next question.
    #[pallet::storage]
    pub type NextQuestion<T> = StorageValue<_, u64, ValueQuery>;

    /// Open questions (IN-8).
    #[pallet::storage]
    pub type Questions<T: Config> = StorageMap<_, Twox64Concat, u64, OpenQuestionOf<T>>;

    /// The question about a verdict, by epoch; there is never a second one.
    #[pallet::storage]
    pub type QuestionOf<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, VerdictKeyOf<T>, u64>;

    /// Verdicts whose question found no valid answer, by epoch; they count for nothing.
    #[pallet::storage]
    pub type Voided<T: Config> = StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, VerdictKeyOf<T>, ()>;

    /// Worst proof of a Store by epoch in which the chain decided on it.
    #[pallet::storage]
    pub type HardRecords<T: Config> =
        StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, T::AccountId, HardEvidence>;

    /// Reputation by role and account.
    #[pallet::storage]
    pub type Reputation<T: Config> =
        StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, ReputationEntry>;

    /// Pending appeals by role and account (RE-5).
    #[pallet::storage]
    pub type Appeals<T: Config> = StorageDoubleMap<_, Twox64Concat, Role, Blake2_128Concat, T::AccountId, AppealOf<T>>;

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
        StorageMap<_, Twox64Concat, BlockNumberFor<T>, BoundedVec<AgendaItemOf<T>, T::MaxAgenda>, ValueQuery>;

    /// Oldest block whose slot in [`Agenda`] may hold items.
    #[pallet::storage]
    pub type AgendaCursor<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

    /// Oldest epoch whose evidence may still be stored.
    #[pallet::storage]
    pub type PruneCursor<T> = StorageValue<_, u32, ValueQuery>;
}
