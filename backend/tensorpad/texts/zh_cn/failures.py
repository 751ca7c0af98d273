"""失败时的图片：每一类问题的标题，以及程序出错的位置。"""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import PlaceText

HEADINGS: Final[Mapping[str, str]] = {
    "malformed": "请求不是 JSON",
    "not-found": "没有这个程序",
    "no-graph": "没有这个计算图",
    "no-part": "计算图里没有这个部分",
    "not-acceptable": "无法提供这种类型的图片",
    "slow-body": "请求发送得太慢",
    "cancelled": "运行已被取消",
    "precondition": "客户端已有这张图",
    "long-address": "网址太长",
    "too-large": "程序太大",
    "media-type": "请求不是 JSON",
    "invalid": "请求有误",
    "program": "程序出错了",
    "rate-limit": "请求太频繁，请稍后再试",
    "no-store": "此服务器不存储程序",
    "internal": "服务出错",
    "drawing": "计算图绘制失败",
    "unavailable": "暂时无法运行程序",
    "overloaded": "服务繁忙，请稍后再试",
}

PLACES: Final[Mapping[PlaceText, str]] = {
    "cell": "第 {cell} 个单元格，第 {line} 行",
    "line": "第 {line} 行",
    "alone": "第 {cell} 个单元格",
}
