#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pallet_stella_fuzz::storage_request(bytes));
