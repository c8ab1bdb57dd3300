//! What accounts can do, a section of the pallet: origin, weight, and the way to the logic.

#[frame_support::pallet_macros::pallet_section]
mod calls {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Signed. Takes a role and puts its bond on hold (RO-1). Accounts of one `operator` together take one replica
        /// of a request. Another operator than the account itself must agree by `confirm_operator`; then it is final
        /// for as long as the role is held.
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

        /// Signed. Sells all of `amount` units of `asset` for free credits, at least `credits_min` (MK-1).
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::top_up_with_asset().saturating_add(T::Swap::weight()))]
        pub fn top_up_with_asset(
            origin: OriginFor<T>,
            asset: u32,
            #[pallet::compact] amount: Balance,
            #[pallet::compact] credits_min: Balance,
        ) -> DispatchResult {
            Self::do_top_up_with_asset(ensure_signed(origin)?, asset, amount, credits_min)
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
        /// A proof that is paid pays the fee of its own, lighter work.
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::submit_proof(crate::proofs::hashes(proof)))]
        pub fn submit_proof(
            origin: OriginFor<T>,
            #[pallet::compact] deal: u64,
            proof: PossessionProof,
        ) -> DispatchResultWithPostInfo {
            let hashes = crate::proofs::hashes(&proof);
            let paid = Self::do_submit_proof(ensure_signed(origin)?, deal, proof)?;
            Ok(paid.then(|| T::WeightInfo::paid_proof(hashes)).into())
        }

        /// Signed by the deal's Store. The same as `submit_proof` with a shorter proof, which gives each node of the
        /// tree once (PP-3).
        #[pallet::call_index(13)]
        #[pallet::weight(T::WeightInfo::submit_multi_proof(crate::proofs::multi_hashes(proof)))]
        pub fn submit_multi_proof(
            origin: OriginFor<T>,
            #[pallet::compact] deal: u64,
            proof: MultiProof,
        ) -> DispatchResultWithPostInfo {
            let hashes = crate::proofs::multi_hashes(&proof);
            let paid = Self::do_submit_multi_proof(ensure_signed(origin)?, deal, proof)?;
            Ok(paid.then(|| T::WeightInfo::paid_proof(hashes)).into())
        }

        /// Signed by the client. Adds `periods` to an active deal at its price, if the Store's ask covers what is then
        /// ahead of it (DL-6). The client's credits are set aside; the Store's collateral is filled up to what is
        /// ahead, but it keeps as much free money as its bond.
        #[pallet::call_index(14)]
        #[pallet::weight(T::WeightInfo::renew_deal())]
        pub fn renew_deal(
            origin: OriginFor<T>,
            #[pallet::compact] deal: u64,
            #[pallet::compact] periods: u32,
        ) -> DispatchResult {
            Self::do_renew_deal(ensure_signed(origin)?, deal, periods)
        }

        /// Signed by the client. Ends a deal before its time: the Store gets the price of one period and its
        /// collateral, the client what else was set aside (DL-6). The replica is not offered again.
        #[pallet::call_index(15)]
        #[pallet::weight(T::WeightInfo::end_deal())]
        pub fn end_deal(origin: OriginFor<T>, #[pallet::compact] deal: u64) -> DispatchResult {
            Self::do_end_deal(ensure_signed(origin)?, deal)
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

        /// Signed by the Store of a live deal of tier Filecoin. Says where the piece is archived (FX-2); replaces what
        /// it said before. The chain cannot check it, Inspectors do.
        #[pallet::call_index(19)]
        #[pallet::weight(T::WeightInfo::record_archive())]
        pub fn record_archive(
            origin: OriginFor<T>,
            #[pallet::compact] deal: u64,
            archive: FilecoinDeal,
        ) -> DispatchResult {
            Self::do_record_archive(ensure_signed(origin)?, deal, archive)
        }

        /// Admin. Names the Inspectors that are trusted from the start; those already registered are promoted, former
        /// anchors keep what they have.
        #[pallet::call_index(20)]
        #[pallet::weight(T::WeightInfo::set_anchors(inspectors.len() as u32))]
        pub fn set_anchors(origin: OriginFor<T>, inspectors: AnchorsOf<T>) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_anchors(inspectors)
        }

        /// Admin. Puts an account out of a role for good (RE-3). It leaves the role; nothing is slashed, and its live
        /// deals go on and are paid.
        #[pallet::call_index(21)]
        #[pallet::weight(T::WeightInfo::disqualify())]
        pub fn disqualify(origin: OriginFor<T>, role: Role, account: T::AccountId, reason: Reason) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_disqualify(role, account, reason)
        }

        /// Signed by a suspended holder of the role. Asks to be looked at closely in the next epoch (RE-5). The fee is
        /// returned as soon as the account is no longer suspended, and lost after `AppealPeriods` epochs.
        #[pallet::call_index(22)]
        #[pallet::weight(T::WeightInfo::appeal())]
        pub fn appeal(origin: OriginFor<T>, role: Role) -> DispatchResult {
            Self::do_appeal(ensure_signed(origin)?, role)
        }

        /// Signed. Doubts the `Ok` that `inspector` revealed for `epoch` about item `item` of `subject` in `role`, and
        /// puts up a bond (IN-8). From the reveal until `AnswerWindow` before attestation opens, once per verdict.
        #[pallet::call_index(23)]
        #[pallet::weight(T::WeightInfo::question_verdict(T::MaxVerdicts::get()))]
        pub fn question_verdict(
            origin: OriginFor<T>,
            #[pallet::compact] epoch: u32,
            inspector: T::AccountId,
            role: Role,
            subject: T::AccountId,
            item: u8,
        ) -> DispatchResultWithPostInfo {
            let verdict = (inspector, role, subject, item);
            let searched = Self::do_question_verdict(ensure_signed(origin)?, epoch, verdict)?;
            Ok(Some(T::WeightInfo::question_verdict(searched)).into())
        }

        /// Signed by the Inspector whose verdict is in question, before the deadline. A valid receipt wins the bond of
        /// the questioner; another one is refused and may be mended (IN-8).
        #[pallet::call_index(24)]
        #[pallet::weight(T::WeightInfo::answer_question(receipt.proof.path.len() as u32))]
        pub fn answer_question(
            origin: OriginFor<T>,
            #[pallet::compact] question: u64,
            receipt: Receipt,
        ) -> DispatchResult {
            Self::do_answer_question(ensure_signed(origin)?, question, receipt)
        }

        /// Signed by the operator that `account` declared for `role`. From now on its accounts together take one
        /// replica of a request (DL-3), and do not inspect one another (IN-3).
        #[pallet::call_index(25)]
        #[pallet::weight(T::WeightInfo::confirm_operator())]
        pub fn confirm_operator(origin: OriginFor<T>, role: Role, account: T::AccountId) -> DispatchResult {
            Self::do_confirm_operator(ensure_signed(origin)?, role, account)
        }
    }
}
