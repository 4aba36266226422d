//! A message of 150 fields: more than the 64 that one word of bits holds, with messages, lists, maps and a oneof on both
//! sides of the borders.

use std::collections::HashMap;

use crate::node::Node;

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Wide {
    pub f0: i32,
    pub f1: i32,
    pub f2: i32,
    pub f3: i32,
    pub f4: i32,
    pub f5: i32,
    pub f6: i32,
    pub f7: i32,
    pub f8: i32,
    pub f9: i32,
    pub f10: i32,
    pub f11: i32,
    pub f12: i32,
    pub f13: i32,
    pub f14: i32,
    pub f15: i32,
    pub f16: i32,
    pub f17: i32,
    pub f18: i32,
    pub f19: i32,
    pub f20: i32,
    pub f21: i32,
    pub f22: i32,
    pub f23: i32,
    pub f24: i32,
    pub f25: i32,
    pub f26: i32,
    pub f27: i32,
    pub f28: i32,
    pub f29: i32,
    pub f30: i32,
    pub f31: i32,
    pub f32: i32,
    pub f33: i32,
    pub f34: i32,
    pub f35: i32,
    pub f36: i32,
    pub f37: i32,
    pub f38: i32,
    pub f39: i32,
    pub f40: i32,
    pub f41: i32,
    pub f42: i32,
    pub f43: i32,
    pub f44: i32,
    pub f45: i32,
    pub f46: i32,
    pub f47: i32,
    pub f48: i32,
    pub f49: i32,
    pub f50: i32,
    pub f51: i32,
    pub f52: i32,
    pub f53: i32,
    pub f54: i32,
    pub f55: i32,
    pub f56: i32,
    pub f57: i32,
    pub f58: i32,
    pub f59: i32,
    pub f60: i32,
    pub f61: i32,
    pub f62: Option<Node>,
    pub f63: Option<Node>,
    pub f64: Option<Node>,
    pub f65: Option<Box<Wide>>,
    pub f66: Vec<Node>,
    pub f67: HashMap<String, Node>,
    pub kind: Option<wide::Kind>,
    pub f70: i32,
    pub f71: i32,
    pub f72: i32,
    pub f73: i32,
    pub f74: i32,
    pub f75: i32,
    pub f76: i32,
    pub f77: i32,
    pub f78: i32,
    pub f79: i32,
    pub f80: i32,
    pub f81: i32,
    pub f82: i32,
    pub f83: i32,
    pub f84: i32,
    pub f85: i32,
    pub f86: i32,
    pub f87: i32,
    pub f88: i32,
    pub f89: i32,
    pub f90: i32,
    pub f91: i32,
    pub f92: i32,
    pub f93: i32,
    pub f94: i32,
    pub f95: i32,
    pub f96: i32,
    pub f97: i32,
    pub f98: i32,
    pub f99: i32,
    pub f100: i32,
    pub f101: i32,
    pub f102: i32,
    pub f103: i32,
    pub f104: i32,
    pub f105: i32,
    pub f106: i32,
    pub f107: i32,
    pub f108: i32,
    pub f109: i32,
    pub f110: i32,
    pub f111: i32,
    pub f112: i32,
    pub f113: i32,
    pub f114: i32,
    pub f115: i32,
    pub f116: i32,
    pub f117: i32,
    pub f118: i32,
    pub f119: i32,
    pub f120: i32,
    pub f121: i32,
    pub f122: i32,
    pub f123: i32,
    pub f124: i32,
    pub f125: i32,
    pub f126: i32,
    pub f127: Option<Node>,
    pub f128: Option<Node>,
    pub f129: i32,
    pub f130: i32,
    pub f131: i32,
    pub f132: i32,
    pub f133: i32,
    pub f134: i32,
    pub f135: i32,
    pub f136: i32,
    pub f137: i32,
    pub f138: i32,
    pub f139: i32,
    pub f140: i32,
    pub f141: i32,
    pub f142: i32,
    pub f143: i32,
    pub f144: i32,
    pub f145: i32,
    pub f146: i32,
    pub f147: i32,
    pub f148: i32,
    pub f149: i32,
}

pub mod wide {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Kind {
        F68(String),
        F69(super::Node),
    }
}

transom::__private::fields! {
    impl Wide = "shapes.v1.Wide", reaches [];
    0 F0 = 1, "f0", "f0", [] int32: implicit(f0);
    1 F1 = 2, "f1", "f1", [] int32: implicit(f1);
    2 F2 = 3, "f2", "f2", [] int32: implicit(f2);
    3 F3 = 4, "f3", "f3", [] int32: implicit(f3);
    4 F4 = 5, "f4", "f4", [] int32: implicit(f4);
    5 F5 = 6, "f5", "f5", [] int32: implicit(f5);
    6 F6 = 7, "f6", "f6", [] int32: implicit(f6);
    7 F7 = 8, "f7", "f7", [] int32: implicit(f7);
    8 F8 = 9, "f8", "f8", [] int32: implicit(f8);
    9 F9 = 10, "f9", "f9", [] int32: implicit(f9);
    10 F10 = 11, "f10", "f10", [] int32: implicit(f10);
    11 F11 = 12, "f11", "f11", [] int32: implicit(f11);
    12 F12 = 13, "f12", "f12", [] int32: implicit(f12);
    13 F13 = 14, "f13", "f13", [] int32: implicit(f13);
    14 F14 = 15, "f14", "f14", [] int32: implicit(f14);
    15 F15 = 16, "f15", "f15", [] int32: implicit(f15);
    16 F16 = 17, "f16", "f16", [] int32: implicit(f16);
    17 F17 = 18, "f17", "f17", [] int32: implicit(f17);
    18 F18 = 19, "f18", "f18", [] int32: implicit(f18);
    19 F19 = 20, "f19", "f19", [] int32: implicit(f19);
    20 F20 = 21, "f20", "f20", [] int32: implicit(f20);
    21 F21 = 22, "f21", "f21", [] int32: implicit(f21);
    22 F22 = 23, "f22", "f22", [] int32: implicit(f22);
    23 F23 = 24, "f23", "f23", [] int32: implicit(f23);
    24 F24 = 25, "f24", "f24", [] int32: implicit(f24);
    25 F25 = 26, "f25", "f25", [] int32: implicit(f25);
    26 F26 = 27, "f26", "f26", [] int32: implicit(f26);
    27 F27 = 28, "f27", "f27", [] int32: implicit(f27);
    28 F28 = 29, "f28", "f28", [] int32: implicit(f28);
    29 F29 = 30, "f29", "f29", [] int32: implicit(f29);
    30 F30 = 31, "f30", "f30", [] int32: implicit(f30);
    31 F31 = 32, "f31", "f31", [] int32: implicit(f31);
    32 F32 = 33, "f32", "f32", [] int32: implicit(f32);
    33 F33 = 34, "f33", "f33", [] int32: implicit(f33);
    34 F34 = 35, "f34", "f34", [] int32: implicit(f34);
    35 F35 = 36, "f35", "f35", [] int32: implicit(f35);
    36 F36 = 37, "f36", "f36", [] int32: implicit(f36);
    37 F37 = 38, "f37", "f37", [] int32: implicit(f37);
    38 F38 = 39, "f38", "f38", [] int32: implicit(f38);
    39 F39 = 40, "f39", "f39", [] int32: implicit(f39);
    40 F40 = 41, "f40", "f40", [] int32: implicit(f40);
    41 F41 = 42, "f41", "f41", [] int32: implicit(f41);
    42 F42 = 43, "f42", "f42", [] int32: implicit(f42);
    43 F43 = 44, "f43", "f43", [] int32: implicit(f43);
    44 F44 = 45, "f44", "f44", [] int32: implicit(f44);
    45 F45 = 46, "f45", "f45", [] int32: implicit(f45);
    46 F46 = 47, "f46", "f46", [] int32: implicit(f46);
    47 F47 = 48, "f47", "f47", [] int32: implicit(f47);
    48 F48 = 49, "f48", "f48", [] int32: implicit(f48);
    49 F49 = 50, "f49", "f49", [] int32: implicit(f49);
    50 F50 = 51, "f50", "f50", [] int32: implicit(f50);
    51 F51 = 52, "f51", "f51", [] int32: implicit(f51);
    52 F52 = 53, "f52", "f52", [] int32: implicit(f52);
    53 F53 = 54, "f53", "f53", [] int32: implicit(f53);
    54 F54 = 55, "f54", "f54", [] int32: implicit(f54);
    55 F55 = 56, "f55", "f55", [] int32: implicit(f55);
    56 F56 = 57, "f56", "f56", [] int32: implicit(f56);
    57 F57 = 58, "f57", "f57", [] int32: implicit(f57);
    58 F58 = 59, "f58", "f58", [] int32: implicit(f58);
    59 F59 = 60, "f59", "f59", [] int32: implicit(f59);
    60 F60 = 61, "f60", "f60", [] int32: implicit(f60);
    61 F61 = 62, "f61", "f61", [] int32: implicit(f61);
    62 F62 = 63, "f62", "f62", [] message(Node): optional(f62);
    63 F63 = 64, "f63", "f63", [] message(Node): optional(f63);
    64 F64 = 65, "f64", "f64", [] message(Node): optional(f64);
    65 F65 = 66, "f65", "f65", [] message(Wide): optional(f65);
    66 F66 = 67, "f66", "f66", [] message(Node): repeated(f66);
    67 F67 = 68, "f67", "f67", [] message(Node): map(f67, string);
    68 F68 = 69, "f68", "f68", [] string: oneof(0, kind, wide::Kind::F68);
    69 F69 = 70, "f69", "f69", [] message(Node): oneof(0, kind, wide::Kind::F69);
    70 F70 = 71, "f70", "f70", [] int32: implicit(f70);
    71 F71 = 72, "f71", "f71", [] int32: implicit(f71);
    72 F72 = 73, "f72", "f72", [] int32: implicit(f72);
    73 F73 = 74, "f73", "f73", [] int32: implicit(f73);
    74 F74 = 75, "f74", "f74", [] int32: implicit(f74);
    75 F75 = 76, "f75", "f75", [] int32: implicit(f75);
    76 F76 = 77, "f76", "f76", [] int32: implicit(f76);
    77 F77 = 78, "f77", "f77", [] int32: implicit(f77);
    78 F78 = 79, "f78", "f78", [] int32: implicit(f78);
    79 F79 = 80, "f79", "f79", [] int32: implicit(f79);
    80 F80 = 81, "f80", "f80", [] int32: implicit(f80);
    81 F81 = 82, "f81", "f81", [] int32: implicit(f81);
    82 F82 = 83, "f82", "f82", [] int32: implicit(f82);
    83 F83 = 84, "f83", "f83", [] int32: implicit(f83);
    84 F84 = 85, "f84", "f84", [] int32: implicit(f84);
    85 F85 = 86, "f85", "f85", [] int32: implicit(f85);
    86 F86 = 87, "f86", "f86", [] int32: implicit(f86);
    87 F87 = 88, "f87", "f87", [] int32: implicit(f87);
    88 F88 = 89, "f88", "f88", [] int32: implicit(f88);
    89 F89 = 90, "f89", "f89", [] int32: implicit(f89);
    90 F90 = 91, "f90", "f90", [] int32: implicit(f90);
    91 F91 = 92, "f91", "f91", [] int32: implicit(f91);
    92 F92 = 93, "f92", "f92", [] int32: implicit(f92);
    93 F93 = 94, "f93", "f93", [] int32: implicit(f93);
    94 F94 = 95, "f94", "f94", [] int32: implicit(f94);
    95 F95 = 96, "f95", "f95", [] int32: implicit(f95);
    96 F96 = 97, "f96", "f96", [] int32: implicit(f96);
    97 F97 = 98, "f97", "f97", [] int32: implicit(f97);
    98 F98 = 99, "f98", "f98", [] int32: implicit(f98);
    99 F99 = 100, "f99", "f99", [] int32: implicit(f99);
    100 F100 = 101, "f100", "f100", [] int32: implicit(f100);
    101 F101 = 102, "f101", "f101", [] int32: implicit(f101);
    102 F102 = 103, "f102", "f102", [] int32: implicit(f102);
    103 F103 = 104, "f103", "f103", [] int32: implicit(f103);
    104 F104 = 105, "f104", "f104", [] int32: implicit(f104);
    105 F105 = 106, "f105", "f105", [] int32: implicit(f105);
    106 F106 = 107, "f106", "f106", [] int32: implicit(f106);
    107 F107 = 108, "f107", "f107", [] int32: implicit(f107);
    108 F108 = 109, "f108", "f108", [] int32: implicit(f108);
    109 F109 = 110, "f109", "f109", [] int32: implicit(f109);
    110 F110 = 111, "f110", "f110", [] int32: implicit(f110);
    111 F111 = 112, "f111", "f111", [] int32: implicit(f111);
    112 F112 = 113, "f112", "f112", [] int32: implicit(f112);
    113 F113 = 114, "f113", "f113", [] int32: implicit(f113);
    114 F114 = 115, "f114", "f114", [] int32: implicit(f114);
    115 F115 = 116, "f115", "f115", [] int32: implicit(f115);
    116 F116 = 117, "f116", "f116", [] int32: implicit(f116);
    117 F117 = 118, "f117", "f117", [] int32: implicit(f117);
    118 F118 = 119, "f118", "f118", [] int32: implicit(f118);
    119 F119 = 120, "f119", "f119", [] int32: implicit(f119);
    120 F120 = 121, "f120", "f120", [] int32: implicit(f120);
    121 F121 = 122, "f121", "f121", [] int32: implicit(f121);
    122 F122 = 123, "f122", "f122", [] int32: implicit(f122);
    123 F123 = 124, "f123", "f123", [] int32: implicit(f123);
    124 F124 = 125, "f124", "f124", [] int32: implicit(f124);
    125 F125 = 126, "f125", "f125", [] int32: implicit(f125);
    126 F126 = 127, "f126", "f126", [] int32: implicit(f126);
    127 F127 = 128, "f127", "f127", [] message(Node): optional(f127);
    128 F128 = 129, "f128", "f128", [] message(Node): optional(f128);
    129 F129 = 130, "f129", "f129", [] int32: implicit(f129);
    130 F130 = 131, "f130", "f130", [] int32: implicit(f130);
    131 F131 = 132, "f131", "f131", [] int32: implicit(f131);
    132 F132 = 133, "f132", "f132", [] int32: implicit(f132);
    133 F133 = 134, "f133", "f133", [] int32: implicit(f133);
    134 F134 = 135, "f134", "f134", [] int32: implicit(f134);
    135 F135 = 136, "f135", "f135", [] int32: implicit(f135);
    136 F136 = 137, "f136", "f136", [] int32: implicit(f136);
    137 F137 = 138, "f137", "f137", [] int32: implicit(f137);
    138 F138 = 139, "f138", "f138", [] int32: implicit(f138);
    139 F139 = 140, "f139", "f139", [] int32: implicit(f139);
    140 F140 = 141, "f140", "f140", [] int32: implicit(f140);
    141 F141 = 142, "f141", "f141", [] int32: implicit(f141);
    142 F142 = 143, "f142", "f142", [] int32: implicit(f142);
    143 F143 = 144, "f143", "f143", [] int32: implicit(f143);
    144 F144 = 145, "f144", "f144", [] int32: implicit(f144);
    145 F145 = 146, "f145", "f145", [] int32: implicit(f145);
    146 F146 = 147, "f146", "f146", [] int32: implicit(f146);
    147 F147 = 148, "f147", "f147", [] int32: implicit(f147);
    148 F148 = 149, "f148", "f148", [] int32: implicit(f148);
    149 F149 = 150, "f149", "f149", [] int32: implicit(f149);
}
