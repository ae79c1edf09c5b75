"""Single property modifiers ([MS-DOC] 2.2.5, 2.6): a number that names a property, and its
operand."""

Prl = tuple[int, bytes]

# bytes of the operand by the upper three bits (2.2.5.1); 6: its first byte tells
_SIZES = (
    1,
    1,
    2,
    4,
    2,
    2,
    0,
    3,
)

# Characters (2.6.1)
C_RM_DELETED, C_RM_INSERTED, C_DATA, C_OLE2, C_VANISH = 0x0800, 0x0801, 0x0806, 0x080A, 0x083C
C_BOLD, C_BOLD_BI, C_SPEC, C_OBJ, C_BIDI, C_COMPLEX = 0x0835, 0x085C, 0x0855, 0x0856, 0x085A, 0x0882
C_PICTURE, C_OBJECT, C_SYMBOL, C_ISTD, C_ISTD_PERMUTE = 0x6A03, 0x680E, 0x6A09, 0x4A30, 0xCA31
C_PLAIN, C_MAJORITY, C_HINT, C_CNF = 0x2A33, 0xCA47, 0x286F, 0xCA85
C_HPS, C_HPS_BI, C_FTC0, C_FTC1, C_FTC2, C_FTC_BI = 0x4A43, 0x4A61, 0x4A4F, 0x4A50, 0x4A51, 0x4A5E
C_LANGUAGE_EAST, C_LANGUAGE_EAST_80 = 0x4874, 0x486E
# Paragraphs (2.6.2)
P_ISTD, P_ISTD_PERMUTE, P_INC_LVL, P_JC, P_JC_80 = 0x4600, 0xC601, 0x2602, 0x2461, 0x2403
P_IN_TABLE, P_TTP, P_INNER_CELL, P_INNER_TTP, P_ITAP, P_DTAP = (
    0x2416,
    0x2417,
    0x244B,
    0x244C,
    0x6649,
    0x664A,
)
P_LINE, P_ILFO, P_CNF = 0x6412, 0x460B, 0xC66F
P_HUGE, P_HUGE_OLD, P_TABLE_PROPS = 0x6646, 0x6645, 0x646B
# Tables (2.6.3)
T_ISTD, T_LOOK, T_BANDS_HORIZONTAL, T_BANDS_VERTICAL = 0x563A, 0x740A, 0x3488, 0x3489
_T_DEFINITION, _P_CHANGE_TABS = 0xD608, 0xC615

# Prm0: those sprms a Pcd can carry by number that bear on a reading (2.9.215)
PRM0 = {
    0x04: P_INC_LVL, 0x05: P_JC_80, 0x18: P_IN_TABLE, 0x19: P_TTP, 0x41: C_RM_DELETED, 0x42: C_RM_INSERTED,
    0x47: C_DATA, 0x4B: C_OLE2, 0x53: C_PLAIN, 0x55: C_BOLD, 0x5C: C_VANISH, 0x75: C_SPEC, 0x76: C_OBJ,
}  # fmt: skip


def read_prls(grpprl: bytes) -> tuple[Prl, ...]:
    """The modifiers in a grpprl; what is cut off at its end is left out, as Word does."""
    found = []
    at, end = 0, len(grpprl)
    while at + 3 <= end:
        sprm = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size = _SIZES[sprm >> 13] or _counted(sprm, grpprl, at)
        if at + size > end:
            break
        found.append((sprm, grpprl[at : at + size]))
        at += size
    return tuple(found)


def _counted(sprm: int, grpprl: bytes, at: int) -> int:
    """The size of an operand that tells it, that byte included."""
    if sprm == _T_DEFINITION:  # two bytes, one too many (2.9.315 TDefTableOperand)
        return int.from_bytes(grpprl[at : at + 2], "little") + 1
    if sprm == _P_CHANGE_TABS and grpprl[at] == 255:  # 2.9.186 PChgTabsOperand
        deleted = grpprl[at + 1] if at + 1 < len(grpprl) else 0
        added = at + 2 + 4 * deleted
        return 3 + 4 * deleted + 3 * (grpprl[added] if added < len(grpprl) else 0)
    return grpprl[at] + 1
