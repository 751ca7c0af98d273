import type { header as english } from "../en/header.ts";
import type { Texts } from "../texts.ts";

export const header: Texts<typeof english> = {
  tagline: "看得见的 PyTorch 张量与自动求导",
  skip: "跳到运行结果",
  device: "设备",
  deviceName: (device) => (device.startsWith("cuda") ? "CUDA" : device.toUpperCase()),
  isolation: "隔离",
  isolationAbout: "每次运行都有独立的进程，并由以下各层隔离。服务启动时已逐层实测。",
  layerHeld: "有效",
  layerMissing: "无效",
  serviceUnknown: "服务尚未说明自己的情况。",
  versions: "版本",
  limits: "单次运行的上限",
  apiDocs: "REST API",
  theme: "外观",
  themeSystem: "跟随系统",
  themeLight: "浅色",
  themeDark: "深色",
  changeLanguage: "语言",
};
