//! One file per call, then the parts that no call shows alone.

mod accept_deal;
mod agenda;
mod asks;
mod attest_reputation;
mod cancel_request;
mod commit_verdicts;
mod commp;
mod credits;
mod face;
mod faults;
mod garbage;
mod leave_role;
mod money;
mod random;
mod register_role;
mod request_storage;
mod reveal_verdicts;
mod set_anchors;
mod submit_proof;
mod update_endpoint;
mod withdraw_bond;
