//! Public keys (sr25519) of the development accounts: the phrase that every Substrate tool knows, with the path written
//! beside each. A runtime cannot derive them, so they stand here; a test derives them again. Their secrets are public:
//! never use them where money is worth anything.

use sp_core::hex2array;

/// People: clients and the admin (the first).
pub const PEOPLE: [[u8; 32]; 6] = [
    hex2array!("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"), // //Alice
    hex2array!("8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48"), // //Bob
    hex2array!("90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22"), // //Charlie
    hex2array!("306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20"), // //Dave
    hex2array!("e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e"), // //Eve
    hex2array!("1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c"), // //Ferdie
];

/// Accounts for Store nodes.
pub const STORES: [[u8; 32]; 16] = [
    hex2array!("a0ac21c02608212b492e7418ac9e3301305ee15275d722cd4a9ffd82bb4eb529"), // //store-1
    hex2array!("105fecc045313392a7ec0672b40159fc8fe9f27ff4003c188e5a4e109c21c406"), // //store-2
    hex2array!("24ce0f4661703714bf908c8eb9df6e360e1c60439f2e9f8f4a314c56cd7fa50d"), // //store-3
    hex2array!("d03022db04ee53773a3e8e5dc8bc559978bd3de61bc2bc03cbc26bad902c162e"), // //store-4
    hex2array!("b4130db73255ff21c32296d2c96daecba167f9caacc291f5aceb943167c55e3c"), // //store-5
    hex2array!("2e23f550c064555b8ce154ce51b09aa93e69d0f7a70c2ebde9962a710ee7f564"), // //store-6
    hex2array!("2c00aa8adcdb8eea0139d55dc076206492e9c1ed434386ee6c3408a7b7576f69"), // //store-7
    hex2array!("0050e31966d8cac0b4c31e739c767a45ed66891ca8199bc4184df2ea43152a6b"), // //store-8
    hex2array!("48ea47198322649a1c852112ab26f27830baa6c460b283f4557ca4420c616c31"), // //store-9
    hex2array!("c2eeff38bdde76a1b4ae735a0e74d3b6e75aaea462341239d02031818a60db43"), // //store-10
    hex2array!("7c523127790e6f0e860cb350846567cb3a2779e3e1d07bc78e1427aa3ec64430"), // //store-11
    hex2array!("accb176af9cc66a094309d6d0e9c408c554248952a6498b64d8adb63392edb52"), // //store-12
    hex2array!("e2acc4d9ffe29cc59577a0a9f89f4dbd4b048de6021db5d53a002c3ca191e101"), // //store-13
    hex2array!("10da7536495e5968fc95f456126d65b5e6bf7c4c6cb9173b5d8c95ed22083f76"), // //store-14
    hex2array!("38df3fa301f395d7273d0d3d557fae7d27db2bf4a35e7ae42f0944f77d1f811e"), // //store-15
    hex2array!("da0faa869dd75abd19d1a716734b5b47ee7358634b836089c98a4be5c2918c0a"), // //store-16
];

/// Accounts for Fetch nodes.
pub const FETCHES: [[u8; 32]; 8] = [
    hex2array!("380ee224b62eb541336e11debab9e177d4c34ff500d42e1ecabf92ec298efc26"), // //fetch-1
    hex2array!("d622a7fb8beacd21abe39776bb90236d9047acc7b2511f98869cab46f9a78914"), // //fetch-2
    hex2array!("3a83907fa7d64d860439d738a93f440aa48dcdd584eeb552a32a5ec19adc7429"), // //fetch-3
    hex2array!("72473d32911fa63e0d24afa6f664128e00b9fa9205511f53af66e011627c4a51"), // //fetch-4
    hex2array!("0c14c508404744cf42a072fa032fef9d80e7aa42e8e10f5208f408f8f923c042"), // //fetch-5
    hex2array!("3c60e0b872405fcf502de45d439b14f9b31f34e6087d79c0e68c1b214ab61549"), // //fetch-6
    hex2array!("8cfe2da3419ba127af8bd4786c07c4df5ae4ae9397df8ac0af6f2b42cad7f66c"), // //fetch-7
    hex2array!("7c0a71958b2cdddff92318b15525d805a59866b6c9997a763b50f77590bee231"), // //fetch-8
];

/// Accounts for Inspector nodes.
pub const INSPECTORS: [[u8; 32]; 16] = [
    hex2array!("cc2bfa0b3456c5b82a3e337abfab2e4ba65714ad1366a67d507c61623c13be70"), // //inspector-1
    hex2array!("7039ede0fbda8272c4e7dad709589cf43066e5f28a23d75f6214cb200634d16b"), // //inspector-2
    hex2array!("5628f3547b9582373e38299daa1776b288986b5824b117377f7f6831a98f2c49"), // //inspector-3
    hex2array!("f40ddbed0182d8f045a344ba9b15f1e33c840219133af242ae86dc238866ab73"), // //inspector-4
    hex2array!("d661142b16715fb4f0e2beda15289a3ab7066b6a186652807dfac1932a3dc15f"), // //inspector-5
    hex2array!("ee589eef9228995f0570e3da89ff77a0b498c377d09ce1fba06c4d2776794d38"), // //inspector-6
    hex2array!("0a339d1073dee7af8d691fa1787208f5bf058a7dc5c3871d2943de1cfbf7f13b"), // //inspector-7
    hex2array!("7a2aa87fd8889b7b82d81e7e9e393aaf47975005ee33602afbe00961c2725f0f"), // //inspector-8
    hex2array!("12e7e0b6569ebd25fb64b5686098544f84db29cc6f52a15355a7cb5b7b128744"), // //inspector-9
    hex2array!("e071353dfba73eef1a98d7b4a204d462e47e8e065a952a85f7713bc6bf7c0b1c"), // //inspector-10
    hex2array!("a45e9a4e9debb869aac4ce97f785e01b84d6db601011f5efd1a8457abdd9297c"), // //inspector-11
    hex2array!("0a3315204558fc33c8ff63ce222cd2e03fef68f49f1e949e88b32155d25ebf30"), // //inspector-12
    hex2array!("484ec27a09532f60312e393a590e6ca05e5b1ce41313682dad4cbd36bdde3905"), // //inspector-13
    hex2array!("8e2b771fd47102d35fdb49d4d44aa03edf363c941810655d7f108c8501e40147"), // //inspector-14
    hex2array!("50cea329f28cb7081d2eb6957ee9f73369886a21664e319eb9400b7f14122f7a"), // //inspector-15
    hex2array!("34411bf71860eab7f9ba07bff34e8a4506b015d4aba86f1c8b87d19fa6a02311"), // //inspector-16
];

/// Public keys (ed25519) with which the first people make blocks final.
pub const FINALISERS: [[u8; 32]; 2] = [
    hex2array!("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee"), // //Alice
    hex2array!("d17c2d7823ebf260fd138f2d7e27d114c0145d968b5ff5006125f2414fadae69"), // //Bob
];
